// Changes an audit that is in the state in which it was seen, or deletes it: then its name is free.
// Parameters: now (null: the database's clock), uuid, seen: the state, properties: a map of what changes, deleted: whether it is.
// Rows: one; node; none if its state is another one by now.
MATCH (audit:Audit {uuid: $uuid})
WHERE audit.deletedAt IS NULL AND audit.state = $seen
WITH audit, coalesce($now, datetime.realtime()) AS now
SET
  audit += $properties,
  audit.activeName = CASE WHEN NOT $deleted THEN audit.name END,
  audit.updatedAt = now,
  audit.deletedAt = CASE WHEN $deleted THEN now END
RETURN audit AS node
