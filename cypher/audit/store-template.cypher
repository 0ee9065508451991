// Stores an audit template, unless there is one of that name.
// Parameters: now (null: the database's clock), number: the lock's, name, properties: a map of the others.
// Rows: one; node; none if the name is taken.
WITH coalesce($now, datetime.realtime()) AS now
WHERE NOT EXISTS { MATCH (:AuditTemplate {activeName: $name}) }
CREATE (template:AuditTemplate)
SET
  template = $properties,
  template.name = $name,
  template.activeName = $name,
  template.number = $number,
  template.createdAt = now
RETURN template AS node
