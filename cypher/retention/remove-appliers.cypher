// Removes appliers that left or were lost more than a day ago, with their leases. They change no more.
// Parameters: limit, now (null: the database's clock).
// Rows: one; removed: how many.
WITH coalesce($now, datetime.realtime()) - duration('P1D') AS before
MATCH (applier:Applier)
WHERE
  applier.state IN ['STOPPED', 'LOST']
  AND coalesce(applier.lostAt, applier.stoppedAt, applier.startedAt) < before
  AND NOT EXISTS { (applier)-[:RUNS]->() }
WITH applier
LIMIT $limit
CALL (applier) {
  MATCH (lease:Lease {applier: applier.id})
  DELETE lease
}
DETACH DELETE applier
RETURN count(*) AS removed
