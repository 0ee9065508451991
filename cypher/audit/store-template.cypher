// Stores an audit template, unless there is one of that name.
// Parameters: now (null: the database's clock), name, properties: a map of the others.
// Rows: one; node; none if the name is taken.
MATCH (gate:Gate {name: 'gate'})
WHERE NOT EXISTS { MATCH (:AuditTemplate {activeName: $name}) }
CREATE (template:AuditTemplate)
SET
  template = $properties,
  template.name = $name,
  template.activeName = $name,
  template.number = gate.turn,
  template.createdAt = coalesce($now, datetime.realtime())
RETURN template AS node
