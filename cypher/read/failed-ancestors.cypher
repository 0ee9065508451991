// The failed actions for which an action was cancelled.
// Parameters: action (uuid), limit.
// Rows: one for each; uuid, id, state.
MATCH way = (:Action {uuid: $action})-[:DEPENDS_ON*1..]->(failed:Action)
WHERE
  failed.state = 'FAILED'
  AND all(node IN nodes(way) WHERE node.state IN ['CANCELLED', 'FAILED'])
  AND all(dependency IN relationships(way) WHERE dependency.replacedBy IS NULL)
WITH DISTINCT failed
ORDER BY failed.number
LIMIT $limit
RETURN failed.uuid AS uuid, failed.id AS id, failed.state AS state
