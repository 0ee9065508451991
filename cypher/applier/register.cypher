// Registers an applier and gives it a lease. Removes leases of departed appliers a day after their expiry.
// Parameters: id, host, process, maxConcurrentActions, lease (a duration), now (null: the database's clock).
// Rows: none.
WITH coalesce($now, datetime.realtime()) AS now
CREATE (:Applier {
  id: $id, name: $id, host: $host, process: $process, maxConcurrentActions: $maxConcurrentActions,
  state: 'ACTIVE', startedAt: now
})
CREATE (:Lease {applier: $id, until: now + $lease})
WITH now
MATCH (old:Lease)
WHERE old.until < now - duration('P1D') AND NOT EXISTS {
  MATCH (:Applier {id: old.applier, state: 'ACTIVE'})
}
DELETE old
