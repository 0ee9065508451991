// Deletes a resource that nothing refers to, unless somebody has given it a capacity.
// Parameters: key: the resource's.
// Rows: none.
MATCH (resource:Resource {key: $key})
WHERE resource.source = 'default' AND NOT EXISTS { (resource)--() }
DELETE resource
