// The actions in the payloads of events.
// Parameters: uuids.
// Rows: one for each; action: a node, parents: the active ones (uuids, in the order of the plan).
UNWIND $uuids AS uuid
MATCH (action:Action {uuid: uuid})
CALL (action) {
  OPTIONAL MATCH (action)-[edge:DEPENDS_ON]->(parent:Action)
  WHERE edge.replacedBy IS NULL
  WITH parent
  ORDER BY parent.number
  RETURN collect(parent.uuid) AS parents
}
RETURN action, parents
