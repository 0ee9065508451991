// Stores an audit, unless there is one of that name. Its change gets its place among all changes later: audit/order.
// Parameters: now (null: the database's clock), number: the lock's, name, properties: a map of the others.
// Rows: one; node; none if the name is taken.
WITH coalesce($now, datetime.realtime()) AS now
WHERE NOT EXISTS { MATCH (:Audit {activeName: $name}) }
CREATE (audit:Audit)
SET
  audit = $properties,
  audit.name = $name,
  audit.activeName = $name,
  audit.number = $number,
  audit.createdAt = now,
  audit.revision = 1
CREATE (:Revision:Unordered {auditUuid: audit.uuid, number: 1, at: now, state: audit.state})
RETURN audit AS node
