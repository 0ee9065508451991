// Stores a batch of the capacities in a draft's document. Those of shared resources apply when the plan starts, those
// of the plan's own resources at once.
// Parameters: plan (uuid), now (null: the database's clock); limits: a list of maps with key, capacity, own: whether the
// resource belongs to the plan alone.
// Rows: one; stored: the number of stored capacities; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $limits AS limit
MATCH (resource:Resource {key: limit.key})
CREATE (draft)-[:LIMITS {capacity: limit.capacity}]->(resource)
FOREACH (own IN CASE WHEN limit.own THEN [resource] ELSE [] END |
  SET own.planCapacity = limit.capacity, own:CapacityChanged
)
RETURN count(*) AS stored
