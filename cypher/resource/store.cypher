// Stores resources that are not stored yet. The only statement that creates resources.
// Parameters: resources: a list of maps with key, kind, id, capacity: the default (null: unlimited), plan: the uuid of
// the plan that the resource belongs to (null: it is shared).
// Rows: none.
UNWIND $resources AS row
MERGE (resource:Resource {key: row.key})
  ON CREATE SET
    resource:CapacityChanged,
    resource.kind = row.kind,
    resource.id = row.id,
    resource.name = row.id,
    resource.planUuid = row.plan,
    resource.defaultCapacity = row.capacity,
    resource.used = 0
