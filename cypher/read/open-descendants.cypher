// The direct and indirect descendants of an action in some states: those that a failure would cancel, or has cancelled.
// Parameters: action (uuid), states: the states of the returned actions, limit.
// Rows: one; total: the number of descendants, actions: the first of them in the order of the plan, maps of uuid, id,
// state.
MATCH way = (:Action {uuid: $action})<-[:DEPENDS_ON*1..]-(descendant:Action)
WHERE all(dependency IN relationships(way) WHERE dependency.replacedBy IS NULL)
WITH DISTINCT descendant
WHERE descendant.state IN $states
WITH descendant
ORDER BY descendant.number
WITH count(*) AS total, collect(descendant)[..$limit] AS first
RETURN total, [each IN first | each {.uuid, .id, .state}] AS actions
