// Blocks ready actions until a resource has free units.
// Parameters: parked: a list of maps with action (uuid), key: the resource's key.
// Rows: none.
UNWIND $parked AS row
MATCH (action:Action {uuid: row.action})
USING INDEX SEEK action:Action(uuid)
MATCH (resource:Resource {key: row.key})
USING INDEX SEEK resource:Resource(key)
SET action.blockedBy = row.key, resource:Contended
REMOVE action.rank
