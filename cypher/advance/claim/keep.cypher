// Stores for which waiting actions the free units of resources are kept.
// Parameters: now; kept: a list of maps with key: the resource's key, action (uuid; null: it is kept for none).
// Rows: none.
UNWIND $kept AS row
MATCH (resource:Resource {key: row.key})
USING INDEX SEEK resource:Resource(key)
SET
  resource.reservedFor = row.action,
  resource.reservedSince = CASE WHEN row.action IS NULL THEN null ELSE $now END
FOREACH (_ IN CASE WHEN row.action IS NULL THEN [] ELSE [1] END | SET resource:Contended)
