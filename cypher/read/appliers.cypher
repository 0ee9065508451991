// The appliers: active ones first, then the latest.
// Parameters: limit, now (null: the database's clock).
// Rows: one for each; applier, running: the number of its running actions, leaseUntil, alive: whether the lease is
// valid.
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
