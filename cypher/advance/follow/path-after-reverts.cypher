// Lets the first actions of an alternative path depend on reverts.
// Parameters: path (uuid); reverts: a list of uuids.
// Rows: none.
MATCH (path:AlternativePath {uuid: $path})-[:CONTAINS]->(first:Action)
WHERE
  (first:Pending OR first.released = false) AND first.reverts IS NULL
  AND NOT EXISTS { (first)-[:DEPENDS_ON]->(:Action {pathUuid: $path}) }
WITH collect(first) AS firsts
UNWIND $reverts AS uuid
MATCH (revert:Action {uuid: uuid})
UNWIND firsts AS first
CREATE (first)-[:DEPENDS_ON]->(revert)
