// How many actions the appliers with valid leases may run at once, all together.
// Parameters: now (null: the database's clock).
// Rows: one; slots: 0 if there is no such applier.
WITH coalesce($now, datetime.realtime()) AS now
OPTIONAL MATCH (applier:Applier {state: 'ACTIVE'})
WHERE applier.leaseUntil > now
RETURN coalesce(sum(applier.maxConcurrentActions), 0) AS slots
