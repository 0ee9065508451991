// Stores an audit, unless there is one of that name.
// Parameters: now (null: the database's clock), name, properties: a map of the others.
// Rows: one; node; none if the name is taken.
MATCH (gate:Gate {name: 'gate'})
WHERE NOT EXISTS { MATCH (:Audit {activeName: $name}) }
CREATE (audit:Audit)
SET
  audit = $properties,
  audit.name = $name,
  audit.activeName = $name,
  audit.number = gate.turn,
  audit.createdAt = coalesce($now, datetime.realtime())
CREATE (:Revision {auditUuid: audit.uuid, turn: gate.turn, at: audit.createdAt, state: audit.state})
RETURN audit AS node
