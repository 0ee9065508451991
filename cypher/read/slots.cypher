// How many actions the appliers with valid leases may run at once, all together.
// Parameters: now (null: the database's clock).
// Rows: one; slots: 0 if there is no such applier.
WITH coalesce($now, datetime.realtime()) AS now
OPTIONAL MATCH (lease:Lease)
WHERE lease.until > now
OPTIONAL MATCH (applier:Applier {id: lease.applier, state: 'ACTIVE'})
RETURN coalesce(sum(applier.maxConcurrentActions), 0) AS slots
