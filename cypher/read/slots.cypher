// The number of actions that all appliers with valid leases together may run at once.
// Parameters: now (null: the database's clock).
// Rows: one; slots: 0 if there is no such applier.
WITH coalesce($now, datetime.realtime()) AS now
OPTIONAL MATCH (lease:Lease)
WHERE lease.until > now
OPTIONAL MATCH (applier:Applier {id: lease.applier, state: 'ACTIVE'})
RETURN coalesce(sum(applier.maxConcurrentActions), 0) AS slots
