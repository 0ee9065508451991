// The parents of actions.
// Parameters: uuids.
// Rows: one for each action that has parents; action (uuid), parents (uuids, in the order of the plan).
UNWIND $uuids AS uuid
MATCH (:Action {uuid: uuid})-[:DEPENDS_ON]->(parent:Action)
WITH uuid, parent
ORDER BY parent.number
RETURN uuid AS action, collect(parent.uuid) AS parents
