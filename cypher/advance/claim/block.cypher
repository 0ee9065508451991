// Puts ready actions aside until a resource has free units again.
// Parameters: parked: a list of maps with action (uuid), key: of the resource.
// Rows: none.
UNWIND $parked AS row
MATCH (action:Action {uuid: row.action})
USING INDEX SEEK action:Action(uuid)
MATCH (resource:Resource {key: row.key})
USING INDEX SEEK resource:Resource(key)
SET action.blockedBy = row.key, resource:Contended
REMOVE action.rank
