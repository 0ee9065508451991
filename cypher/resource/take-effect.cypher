// Computes the capacities, their sources and the free units of resources for which a capacity was set or removed. The
// only statement that does. A resource without any capacity is unlimited.
// Parameters: none.
// Rows: none.
MATCH (resource:CapacityChanged)
REMOVE resource:CapacityChanged
SET
  resource.capacity = coalesce(
    resource.operatorCapacity, resource.configuredCapacity, resource.planCapacity, resource.defaultCapacity
  ),
  resource.source = CASE
    WHEN resource.operatorCapacity IS NOT NULL THEN 'operator'
    WHEN resource.configuredCapacity IS NOT NULL THEN 'configuration'
    WHEN resource.planCapacity IS NOT NULL THEN 'plan'
    ELSE 'default'
  END
SET resource.free = resource.capacity - resource.used
