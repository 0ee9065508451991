// The failed actions that caused the cancellation of an action. Each ancestor is visited once, however many paths lead
// to it: the filter is applied only after all ancestors are known, because a traversal with a filter on its end
// enumerates paths.
// Parameters: action (uuid), limit.
// Rows: one for each; uuid, id, state.
MATCH (action:Action {uuid: $action})
CALL (action) {
  MATCH way = (action)-[:DEPENDS_ON*1..]->(ancestor)
  WHERE
    all(node IN nodes(way) WHERE node.state IN ['CANCELLED', 'FAILED'])
    AND all(dependency IN relationships(way) WHERE dependency.replacedBy IS NULL)
  RETURN DISTINCT ancestor
}
WITH ancestor AS failed
WHERE failed.state = 'FAILED'
WITH failed
ORDER BY failed.number
LIMIT $limit
RETURN failed.uuid AS uuid, failed.id AS id, failed.state AS state
