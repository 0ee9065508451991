// Sets the capacities of resources, for all plans.
// Parameters: capacities: a list of maps with key, kind, id, capacity.
// Rows: none.
UNWIND $capacities AS wanted
MERGE (resource:Resource {key: wanted.key})
  ON CREATE SET
    resource.kind = wanted.kind, resource.id = wanted.id, resource.name = wanted.id, resource.used = 0
SET resource.capacity = wanted.capacity, resource.free = wanted.capacity - resource.used
