// The actions that depend on an action, by whatever number of steps, and have not started.
// Parameters: action (uuid), states: of those that are asked for, limit.
// Rows: one; total: how many, actions: the first of them in the order of the plan, maps of uuid, id, state.
MATCH way = (:Action {uuid: $action})<-[:DEPENDS_ON*1..]-(descendant:Action)
WHERE all(dependency IN relationships(way) WHERE dependency.replacedBy IS NULL)
WITH DISTINCT descendant
WHERE descendant.state IN $states
WITH descendant
ORDER BY descendant.number
WITH count(*) AS total, collect(descendant)[..$limit] AS first
RETURN total, [each IN first | each {.uuid, .id, .state}] AS actions
