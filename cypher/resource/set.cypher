// Sets the capacity that an operator gives to a resource, or removes it.
// Parameters: key: the resource's, capacity (null: none).
// Rows: one, none if there is no such resource; before: the capacity that applied until now (null: unlimited), limited:
// whether an operator had set one.
MATCH (resource:Resource {key: $key})
WITH resource, resource.capacity AS before, resource.operatorCapacity IS NOT NULL AS limited
SET resource.operatorCapacity = $capacity, resource:CapacityChanged
RETURN before, limited
