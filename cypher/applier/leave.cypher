// Ends an applier's membership. An applier that still has running actions in the graph stays a member until its lease
// expires; then other appliers take the actions back.
// Parameters: applier, now (null: the database's clock).
// Rows: none.
MATCH (applier:Applier {id: $applier, state: 'ACTIVE'})
WHERE NOT EXISTS {
  MATCH (applier)-[:RUNS]->()
}
SET applier.state = 'STOPPED', applier.stoppedAt = coalesce($now, datetime.realtime())
