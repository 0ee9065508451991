// Which alternative path stands in within which other, of paths that were stored before that was a relationship: of the paths
// around a path, the last is the one to which the actions belong that it replaces.
MATCH (path:AlternativePath)
WHERE size(path.enclosing) > 0
CALL (path) {
  MATCH (outer:AlternativePath {uuid: path.enclosing[-1]})
  MERGE (path)-[:WITHIN]->(outer)
} IN TRANSACTIONS OF 1000 ROWS;
