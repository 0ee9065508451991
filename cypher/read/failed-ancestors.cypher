// The failed actions for which an action was cancelled. Each action before it is looked at once, however many ways lead there: what
// is wanted of the ancestors is asked only when all of them are known, because a walk that looks for its end counts the ways.
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
