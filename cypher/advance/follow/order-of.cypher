// What came after what, among actions of a plan, by dependencies that are or were in force.
// Parameters: actions: a list of uuids.
// Rows: one for each dependency; later, earlier (uuids).
UNWIND $actions AS uuid
MATCH (later:Action {uuid: uuid})-[:DEPENDS_ON]->(earlier:Action)
WHERE earlier.reverts IS NULL
RETURN uuid AS later, earlier.uuid AS earlier
