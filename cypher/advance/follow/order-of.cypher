// The order of actions of a plan by their dependencies, including replaced ones.
// Parameters: actions: a list of uuids.
// Rows: one for each dependency; later, earlier (uuids).
UNWIND $actions AS uuid
MATCH (later:Action {uuid: uuid})-[:DEPENDS_ON]->(earlier:Action)
USING INDEX SEEK later:Action(uuid)
WHERE earlier.reverts IS NULL
RETURN uuid AS later, earlier.uuid AS earlier
