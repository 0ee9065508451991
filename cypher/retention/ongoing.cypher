// The purges that go on and that no service carries out.
// Parameters: now (null: the database's clock).
// Rows: one for each, the oldest first; uuid.
WITH coalesce($now, datetime.realtime()) AS now
MATCH (purge:Purge {state: 'ONGOING'})
WHERE coalesce(purge.heldUntil < now, true)
RETURN purge.uuid AS uuid
ORDER BY purge.createdAt
