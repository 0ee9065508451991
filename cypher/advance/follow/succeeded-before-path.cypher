// The actions that an alternative path has replaced, without reverts.
// Parameters: path (uuid).
// Rows: one for each action; action, path: its path (uuids), id, undo: whether it has succeeded and is not reverted.
MATCH (path:AlternativePath {uuid: $path})
CALL (path) {
  MATCH (path)-[:REPLACES]->(action:Action)
  RETURN action
  UNION ALL
  MATCH (path)-[:REPLACES]->()<-[:REPLACES]-(beside:AlternativePath WHERE beside.replacedBy = path.uuid)
  WITH DISTINCT path, beside
  MATCH (beside)
    (()<-[:WITHIN]-(inner:AlternativePath WHERE inner.replacedBy = $path))*
    (:AlternativePath)-[:CONTAINS]->(action:Action)
  RETURN action
}
WITH action
WHERE action.reverts IS NULL
WITH action
ORDER BY action.number
RETURN
  action.uuid AS action, action.pathUuid AS path, action.id AS id,
  action.state = 'SUCCEEDED' AND action.reverted IS NULL AS undo
