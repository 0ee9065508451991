// Opens alternative paths, so that they no longer count as open parents of their actions.
// Parameters: now; paths: a list of uuids.
// Rows: one for each action that has not started, and for each skipped one that still blocks its children; action (uuid).
UNWIND $paths AS uuid
MATCH (path:AlternativePath {uuid: uuid})
REMOVE path.holding
SET path.openedAt = $now
WITH path
MATCH (path)-[:CONTAINS]->(action:Action)
WHERE (action:Pending OR action.released = false) AND action.reverts IS NULL
RETURN action.uuid AS action
