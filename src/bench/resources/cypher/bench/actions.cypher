// The actions of a plan, in their order.
// Parameters: plan (uuid).
// Rows: one for each; uuid, id.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
RETURN action.uuid AS uuid, action.id AS id
ORDER BY action.number
