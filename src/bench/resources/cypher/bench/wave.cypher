// The minimal writes of a wave of a drain: the outcomes of the previous wave, their effects on the children, the claims of
// this wave, the plan's counters and its revision. It reads only what it writes to.
// Parameters: plan (uuid), applier, now; ended: the uuids of actions that have succeeded; waiting: a list of maps with
// action (uuid), unmet: the children that still have unmet parents; ready: the uuids of those that are ready, but not
// started in this wave; claimed: the uuids of those that start; done: whether the plan has ended with this; changes: what changed, as JSON.
// Rows: none.
CALL () {
  UNWIND $ended AS uuid
  MATCH (action:Action {uuid: uuid})
  USING INDEX SEEK action:Action(uuid)
  CALL (action) {
    MATCH (action)<-[runs:RUNS]-()
    DELETE runs
  }
  MATCH (action)-[:ATTEMPTED]->(attempt:Attempt)
  REMOVE action:Ongoing
  SET
    action:Succeeded,
    action.state = 'SUCCEEDED',
    action.finishedAt = $now,
    action.updatedAt = $now,
    attempt.finishedAt = $now,
    attempt.outcome = 'SUCCEEDED',
    attempt.message = ''
}
CALL () {
  UNWIND $waiting AS child
  MATCH (action:Action {uuid: child.action})
  SET action.unmetParents = child.unmet
}
CALL () {
  UNWIND $ready AS uuid
  MATCH (action:Action {uuid: uuid})
  REMOVE action:Pending
  SET action:Ready, action.unmetParents = 0, action.rank = action.priority, action.readyAt = $now
}
CALL () {
  MATCH (me:Applier {id: $applier})
  USING INDEX SEEK me:Applier(id)
  UNWIND $claimed AS uuid
  MATCH (action:Action {uuid: uuid})
  USING INDEX SEEK action:Action(uuid)
  REMOVE action:Pending:Ready, action.rank
  SET
    action:Ongoing,
    action.state = 'ONGOING',
    action.unmetParents = 0,
    action.readyAt = coalesce(action.readyAt, $now),
    action.applier = $applier,
    action.attempt = 1,
    action.startedAt = $now,
    action.updatedAt = $now
  CREATE (me)-[:RUNS]->(action)
  CREATE (action)-[:ATTEMPTED]->(:Attempt {number: 1, applier: $applier, startedAt: $now})
}
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.pending = plan.pending - size($claimed),
  plan.ongoing = plan.ongoing + size($claimed) - size($ended),
  plan.succeeded = plan.succeeded + size($ended),
  plan.revision = plan.revision + 1,
  plan.updatedAt = $now,
  plan.state = CASE WHEN $done THEN 'SUCCEEDED' ELSE plan.state END,
  plan.finishedAt = CASE WHEN $done THEN $now END
CREATE (plan)-[:CHANGED]->(:Revision {
  planUuid: plan.uuid, number: plan.revision, turn: plan.revision, at: $now, state: plan.state, paused: false,
  pending: plan.pending, ongoing: plan.ongoing, succeeded: plan.succeeded, failed: 0, skipped: 0, cancelled: 0, standby: 0,
  actions: $changes
})
