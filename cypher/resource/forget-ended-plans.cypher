// Removes the capacity that plans have given to a resource, if all of those plans have ended.
// Parameters: key: the resource's.
// Rows: one if a capacity was removed; key.
MATCH (resource:Resource {key: $key})
WHERE
  resource.planCapacity IS NOT NULL
  AND resource.planUuid IS NULL
  AND NOT EXISTS {
    MATCH (plan:ActionPlan)-[:LIMITS]->(resource)
    WHERE plan.state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']
  }
SET resource:CapacityChanged
REMOVE resource.planCapacity
RETURN resource.key AS key
