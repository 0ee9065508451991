// Resumes a paused plan: what waits for nothing is ready again.
// Parameters: now, plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = false
WITH plan
WHERE plan.state = 'ONGOING'
MATCH (plan)-[:CONTAINS]->(action:Pending {unmetParents: 0})
WHERE action.notBefore IS NULL
REMOVE action:Pending
SET action:Ready, action.rank = action.priority, action.readyAt = $now
