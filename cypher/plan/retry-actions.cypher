// Lets those actions of an ended plan wait again that have failed or were cancelled, and those that were reverted; but for
// those whose place a path has taken, and for a roll-back's reverts.
// Parameters: now, plan (uuid).
// Rows: one for each; plan, action, path (uuids), id, attempt, state: which it had.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = 'PENDING', plan.paused = false
REMOVE plan.failure, plan.stopping, plan.rollBack, plan.statusMessage, plan.finishedAt
WITH plan
MATCH (plan)-[:CONTAINS]->(action:Action)
WHERE
  action.replacedBy IS NULL
  AND (action.state IN ['FAILED', 'CANCELLED'] AND (action.reverts IS NULL OR action.pathUuid IS NOT NULL)
    OR action.state = 'SUCCEEDED' AND action.reverted)
WITH action, action.state AS state
REMOVE
  action:Failed:Cancelled:Succeeded, action.statusMessage, action.startedAt, action.finishedAt, action.ignored,
  action.reverted, action.interrupted, action.readyAt
SET action:Pending, action.state = 'PENDING', action.failures = 0, action.updatedAt = $now
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt, state
