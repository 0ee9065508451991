// The appliers, those that are active first, then the latest.
// Parameters: limit, now (null: the database's clock).
// Rows: one for each; applier, running: how many actions it runs, leaseUntil, alive: whether that is in the future.
MATCH (applier:Applier)
WITH applier
ORDER BY applier.state <> 'ACTIVE', applier.startedAt DESC
LIMIT $limit
OPTIONAL MATCH (lease:Lease {applier: applier.id})
WITH applier, coalesce(lease.until, applier.startedAt) AS leaseUntil
RETURN
  applier, COUNT { (applier)-[:RUNS]->() } AS running, leaseUntil,
  leaseUntil > coalesce($now, datetime.realtime()) AS alive
ORDER BY applier.state <> 'ACTIVE', applier.startedAt DESC
