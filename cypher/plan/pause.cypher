// Pauses a plan: what is ready is not, until it is resumed.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = true
REMOVE plan.opensFrom
WITH plan
MATCH (plan)-[:CONTAINS]->(action:Ready)
REMOVE action:Ready, action.rank, action.blockedBy
SET action:Pending
