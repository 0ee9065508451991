// The resources that somebody waits for and that have free units.
// Parameters: none.
// Rows: one for each; key, free: how many units.
MATCH (resource:Contended)
WHERE resource.free > 0
RETURN resource.key AS key, resource.free AS free
