// The actions whose place an alternative path has taken, but for reverts.
// Parameters: path (uuid).
// Rows: one for each; action (uuid), id, undo: whether it has succeeded and is not reverted.
MATCH (path:AlternativePath {uuid: $path})-[:REPLACES]->(replaced:Action)
MATCH (replaced) (()<-[:REPLACES]-(earlier:AlternativePath WHERE earlier.replacedBy = path.uuid)-[:CONTAINS]->())* (action)
WITH DISTINCT action
WHERE action.reverts IS NULL
RETURN
  action.uuid AS action, action.id AS id,
  action.state = 'SUCCEEDED' AND action.reverted IS NULL AS undo
