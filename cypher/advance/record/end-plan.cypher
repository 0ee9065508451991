// Ends a plan without remaining work, and adds the end to its latest revision.
// Parameters: now, plan (uuid), state, message (or null).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = $state, plan.statusMessage = $message, plan.finishedAt = $now, plan.paused = false
REMOVE plan.change, plan.changesFrom, plan.changeMessage, plan.queueClass, plan.queueLongest, plan.lacking, plan.deadlineAt
WITH plan
OPTIONAL MATCH (plan)-[waits:WAITS_FOR]->()
DELETE waits
WITH DISTINCT plan
MATCH (revision:Revision {planUuid: plan.uuid, number: plan.revision})
SET revision.state = $state, revision.statusMessage = $message, revision.paused = false
