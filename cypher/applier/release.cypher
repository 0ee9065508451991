// Gives back what actions held of resources.
// Parameters: actions: a list of uuids.
// Rows: one for each resource; key, free: how many units nobody holds now.
UNWIND $actions AS uuid
MATCH (:Action {uuid: uuid})-[holds:HOLDS]->(resource:Resource)
SET resource.used = resource.used - holds.units
DELETE holds
WITH DISTINCT resource
RETURN resource.key AS key, resource.capacity - resource.used AS free
