// Gives shared resources the capacities in the document of a plan that starts.
// Parameters: plan (uuid).
// Rows: none.
MATCH (:ActionPlan {uuid: $plan})-[limits:LIMITS]->(resource:Resource)
WHERE resource.planUuid IS NULL AND coalesce(resource.planCapacity <> limits.capacity, true)
SET resource.planCapacity = limits.capacity, resource:CapacityChanged
