// Changes a number of each action of a plan: the transaction log grows, the store does not.
// Parameters: plan (uuid), value.
// Rows: none.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
SET action.estimatedStartSeconds = $value
