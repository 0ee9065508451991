// The cancelled actions of a plan, which a failure policy cancels together.
// Parameters: plan (uuid), limit.
// Rows: one; total: the number of cancelled actions, actions: the first of them in the order of the plan, maps of uuid,
// id, state.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Cancelled)
WITH action
ORDER BY action.number
WITH count(*) AS total, collect(action)[..$limit] AS first
RETURN total, [each IN first | each {.uuid, .id, .state}] AS actions
