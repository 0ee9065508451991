// The failed actions of a plan for which nothing took their place, the first failure first.
// Parameters: plan (uuid), limit.
// Rows: one for each; uuid, id, state.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Failed)
WHERE action.replacedBy IS NULL
RETURN action.uuid AS uuid, action.id AS id, action.state AS state
ORDER BY action.finishedAt, action.number
LIMIT $limit
