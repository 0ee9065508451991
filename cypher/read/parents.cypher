// The parents of actions, without those that an alternative path has replaced.
// Parameters: uuids.
// Rows: one for each action that has parents; action (uuid), parents (uuids, in the order of the plan).
UNWIND $uuids AS uuid
MATCH (:Action {uuid: uuid})-[edge:DEPENDS_ON]->(parent:Action)
WHERE edge.replacedBy IS NULL
WITH uuid, parent
ORDER BY parent.number
RETURN uuid AS action, collect(parent.uuid) AS parents
