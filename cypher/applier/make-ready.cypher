// Makes actions ready that wait for nothing, if their plan is running.
// Parameters: now; actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
WHERE action:Pending AND action.unmetParents = 0 AND action.notBefore IS NULL
MATCH (plan:ActionPlan {uuid: action.planUuid})
WHERE plan.state = 'ONGOING' AND NOT plan.paused
REMOVE action:Pending
SET action:Ready, action.rank = action.priority, action.readyAt = $now
