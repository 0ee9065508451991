// Gives resources the capacities that the configuration sets by name, and removes those that it does not set any more.
// Parameters: resources: a map of capacities by the keys of resources.
// Rows: none.
MATCH (resource:Resource)
WHERE resource.key > '' AND resource.planUuid IS NULL
WITH resource, $resources[resource.key] AS configured
WHERE coalesce(resource.configuredCapacity, -1) <> coalesce(configured, -1)
SET resource.configuredCapacity = configured, resource:CapacityChanged
