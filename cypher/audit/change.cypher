// Changes an audit that is in the state in which it was seen, or deletes it: then its name is free. Its change gets its place among all
// changes later: audit/order.
// Parameters: now (null: the database's clock), uuid, seen: the state, properties: a map of what changes, deleted: whether it is.
// Rows: one; node; none if its state is another one by now.
MATCH (gate:Gate {name: 'gate'})
WITH gate, coalesce($now, datetime.realtime()) AS now
MATCH (audit:Audit {uuid: $uuid})
WHERE audit.deletedAt IS NULL AND audit.state = $seen
SET
  audit += $properties,
  audit.activeName = CASE WHEN NOT $deleted THEN audit.name END,
  audit.updatedAt = now,
  audit.deletedAt = CASE WHEN $deleted THEN now END,
  audit.revision = coalesce(audit.revision, gate.turn) + 1
CREATE (:Revision:Unordered {
  auditUuid: audit.uuid, number: audit.revision, at: now, oldState: $seen, state: audit.state,
  statusMessage: audit.statusMessage
})
RETURN audit AS node
