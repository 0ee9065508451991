// The registered appliers, and whether their leases are valid.
// Parameters: now (null: the database's clock).
// Rows: one for each; id, host, running, slots: the number of actions that it runs at once, leaseUntil, alive.
WITH coalesce($now, datetime.realtime()) AS now
MATCH (applier:Applier {state: 'ACTIVE'})
MATCH (lease:Lease {applier: applier.id})
RETURN
  applier.id AS id, applier.host AS host, COUNT { (applier)-[:RUNS]->() } AS running,
  applier.maxConcurrentActions AS slots, lease.until AS leaseUntil, lease.until > now AS alive
ORDER BY id
