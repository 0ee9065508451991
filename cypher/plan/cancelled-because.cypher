// The descendants of an action that were cancelled, were skipped before their parents were complete, or ran only because of
// a failure; and their parents.
// Parameters: action (uuid).
// Rows: one for each; action (uuid), id, state, afterFailure, parents: a list of maps with action (uuid), id, state, done:
// whether it does not prevent the action from running.
CALL () {
  MATCH path = (:Action {uuid: $action})<-[:DEPENDS_ON*1..]-(descendant:Action)
  WHERE
    all(node IN nodes(path) WHERE
      node.uuid = $action OR node.state = 'CANCELLED' OR node.afterFailure
      OR (node.state = 'SKIPPED' AND node.released IS NOT NULL)
    )
    AND all(edge IN relationships(path) WHERE edge.replacedBy IS NULL)
  RETURN DISTINCT descendant AS action
}
WITH action
WHERE action.replacedBy IS NULL
RETURN
  action.uuid AS action, action.id AS id, action.state AS state, action.afterFailure IS NOT NULL AS afterFailure,
  COLLECT {
    MATCH (action)-[edge:DEPENDS_ON]->(parent:Action)
    WHERE edge.replacedBy IS NULL
    RETURN {
      action: parent.uuid, id: parent.id, state: parent.state,
      done: parent.ignored IS NOT NULL OR parent.state IN ['PENDING', 'ONGOING', 'SUCCEEDED', 'SKIPPED']
    }
  } AS parents
