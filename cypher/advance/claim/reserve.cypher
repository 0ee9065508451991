// Takes units of resources for claimed actions.
// Parameters: holds: a list of maps with action (uuid), key, units.
// Rows: none.
UNWIND $holds AS hold
MATCH (action:Action {uuid: hold.action})
USING INDEX SEEK action:Action(uuid)
MATCH (resource:Resource {key: hold.key})
USING INDEX SEEK resource:Resource(key)
SET
  resource.used = resource.used + hold.units,
  resource.free = resource.free - hold.units
CREATE (action)-[:HOLDS {units: hold.units}]->(resource)
FOREACH (_ IN CASE WHEN resource.reservedFor = hold.action THEN [1] ELSE [] END |
  REMOVE resource.reservedFor, resource.reservedSince
)
