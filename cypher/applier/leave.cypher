// Ends an applier's membership, unless it has been marked lost.
// Parameters: applier, now (null: the database's clock).
// Rows: none.
MATCH (applier:Applier {id: $applier, state: 'ACTIVE'})
SET applier.state = 'STOPPED', applier.stoppedAt = coalesce($now, datetime.realtime())
