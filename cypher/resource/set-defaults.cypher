// Gives all resources the defaults of their kinds. A capacity that no plan has in its document and that equals the one
// in the configuration is the latter's: earlier versions stored no sources.
// Parameters: kinds: a map of configured defaults by kind, unlimited: the kinds without a limit, lock: the default of
// all other kinds.
// Rows: none.
MATCH (resource:Resource)
WHERE resource.key > '' AND resource.planUuid IS NULL
WITH
  resource,
  CASE
    WHEN $kinds[resource.kind] IS NOT NULL THEN $kinds[resource.kind]
    WHEN NOT resource.kind IN $unlimited THEN $lock
  END AS usual
WITH
  resource, usual,
  CASE
    WHEN
      resource.planCapacity = coalesce(resource.configuredCapacity, usual)
      AND NOT EXISTS { (:ActionPlan)-[:LIMITS]->(resource) }
      THEN null
    ELSE resource.planCapacity
  END AS ofPlans
WHERE
  coalesce(resource.defaultCapacity, -1) <> coalesce(usual, -1)
  OR coalesce(resource.planCapacity, -1) <> coalesce(ofPlans, -1)
SET resource.defaultCapacity = usual, resource.planCapacity = ofPlans, resource:CapacityChanged
