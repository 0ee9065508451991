// Makes an applier known and gives it a lease.
// Parameters: id, host, process, maxConcurrentActions, lease (a duration), now (null: the database's clock).
// Rows: none.
WITH coalesce($now, datetime.realtime()) AS now
CREATE (:Applier {
  id: $id, name: $id, host: $host, process: $process, maxConcurrentActions: $maxConcurrentActions,
  state: 'ACTIVE', startedAt: now, leaseUntil: now + $lease
})
