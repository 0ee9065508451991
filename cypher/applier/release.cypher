// Gives back what actions held of resources.
// Parameters: actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (:Action {uuid: uuid})-[holds:HOLDS]->(resource:Resource)
SET resource.used = resource.used - holds.units, resource.free = resource.free + holds.units
DELETE holds
