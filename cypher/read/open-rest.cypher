// The actions of a plan that have not started, except one.
// Parameters: plan (uuid), action (uuid), limit.
// Rows: one; total: the number of actions, actions: the first of them in the order of the plan, maps of uuid, id,
// state.
MATCH (other:Action {planUuid: $plan})
USING INDEX SEEK other:Action(planUuid, number)
WHERE other.number >= 0 AND other.state = 'PENDING' AND other.uuid <> $action
WITH other
ORDER BY other.number
WITH count(*) AS total, collect(other)[..$limit] AS first
RETURN total, [each IN first | each {.uuid, .id, .state}] AS actions
