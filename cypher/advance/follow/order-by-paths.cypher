// The order that alternative paths impose: a path begins after the actions that it replaces, and after the end of the
// path that replaced them before; its first actions run after its beginning; it ends after its actions and after the
// paths within it.
// Parameters: paths: a list of uuids.
// Rows: one for each order; later, earlier: uuids of actions; the uuid of a path for its beginning, and with ' end' for
// its end.
UNWIND $paths AS uuid
MATCH (:AlternativePath {uuid: uuid})-[:REPLACES]->(replaced)
RETURN uuid AS later, replaced.uuid AS earlier
UNION ALL
UNWIND $paths AS uuid
MATCH (path:AlternativePath {uuid: uuid})-[:REPLACES]->(replaced)
WITH replaced, path
ORDER BY path.activation
WITH replaced, collect(path.uuid) AS activated
UNWIND range(1, size(activated) - 1) AS place
RETURN DISTINCT activated[place] AS later, activated[place - 1] + ' end' AS earlier
UNION ALL
UNWIND $paths AS uuid
MATCH (:AlternativePath {uuid: uuid})-[:CONTAINS]->(first)
WHERE first.reverts IS NULL AND NOT EXISTS { (first)-[:DEPENDS_ON]->(parent) WHERE parent.reverts IS NULL }
RETURN first.uuid AS later, uuid AS earlier
UNION ALL
UNWIND $paths AS uuid
MATCH (:AlternativePath {uuid: uuid})-[:CONTAINS]->(action)
WHERE action.reverts IS NULL
RETURN uuid + ' end' AS later, action.uuid AS earlier
UNION ALL
UNWIND $paths AS uuid
MATCH (:AlternativePath {uuid: uuid})-[:WITHIN]->(outer)
RETURN outer.uuid + ' end' AS later, uuid + ' end' AS earlier
