// Opens alternative paths, so that they no longer count as open parents of their first actions.
// Parameters: now; paths: a list of uuids.
// Rows: one for each first action; action (uuid).
UNWIND $paths AS uuid
MATCH (path:AlternativePath {uuid: uuid})
REMOVE path.holding
SET path.openedAt = $now
WITH path
MATCH (path)-[:CONTAINS]->(first:Pending)
WHERE first.reverts IS NULL AND NOT EXISTS {
  (first)-[:DEPENDS_ON]->(parent)
  WHERE parent.reverts IS NULL
}
RETURN first.uuid AS action
