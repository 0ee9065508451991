// Stores a batch of the resource uses of a draft's actions.
// Parameters: plan (uuid), now (null: the database's clock); uses: a list of maps with action (uuid), key, kind, id,
// units, capacity (of a resource that is not stored yet).
// Rows: one; stored: the number of stored uses; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $uses AS use
MATCH (action:Action {uuid: use.action})
MERGE (resource:Resource {key: use.key})
  ON CREATE SET
    resource.kind = use.kind, resource.id = use.id, resource.name = use.id,
    resource.capacity = use.capacity, resource.used = 0, resource.free = use.capacity
CREATE (action)-[:USES {units: use.units}]->(resource)
RETURN count(*) AS stored
