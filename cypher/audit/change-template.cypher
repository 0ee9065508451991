// Changes an audit template that is in the state in which it was seen, or deletes it: then its name is free.
// Parameters: now (null: the database's clock), uuid, seen: the state, properties: a map of what changes, deleted: whether it is.
// Rows: one; node; none if its state is another one by now.
MATCH (template:AuditTemplate {uuid: $uuid})
WHERE template.deletedAt IS NULL AND template.state = $seen
WITH template, coalesce($now, datetime.realtime()) AS now
SET
  template += $properties,
  template.activeName = CASE WHEN NOT $deleted THEN template.name END,
  template.updatedAt = now,
  template.deletedAt = CASE WHEN $deleted THEN now END
RETURN template AS node
