// Ends a plan without remaining work, with the alternative paths that still waited, and adds the end to its latest
// revision.
// Parameters: now, plan (uuid), state, message (or null).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = $state, plan.statusMessage = $message, plan.finishedAt = $now, plan.paused = false,
  plan.finallyState = CASE WHEN plan.finallyState = 'ONGOING' THEN 'ENDED' ELSE plan.finallyState END
REMOVE plan.change, plan.changesFrom, plan.changeMessage, plan.queueClass, plan.queueLongest, plan.lacking,
  plan.awaitsDecision, plan.deadlineAt
WITH plan
OPTIONAL MATCH (plan)-[waits:WAITS_FOR]->()
DELETE waits
WITH DISTINCT plan
CALL (plan) {
  MATCH (path:AlternativePath {holding: true})
  WHERE path.planUuid = plan.uuid
  SET path.state = 'CANCELLED', path.finishedAt = $now
  REMOVE path.holding
}
MATCH (revision:Revision {planUuid: plan.uuid, number: plan.revision})
SET revision.state = $state, revision.statusMessage = $message, revision.paused = false
