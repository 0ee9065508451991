// The alternative paths that were activated and wait for nothing any more.
// Parameters: none.
// Rows: one for each; path, plan (uuids), revert: whether what has succeeded is to be reverted first.
MATCH (path:AlternativePath {holding: true})
WHERE path.state = 'ONGOING' AND NOT EXISTS { (path)-[:AWAITS]->() }
RETURN path.uuid AS path, path.planUuid AS plan, path.revert AS revert
