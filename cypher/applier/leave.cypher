// Ends an applier's membership. One that still runs an action, by the graph's account, stays a member until its lease
// has run out: then others take the action back.
// Parameters: applier, now (null: the database's clock).
// Rows: none.
MATCH (applier:Applier {id: $applier, state: 'ACTIVE'})
WHERE NOT EXISTS {
  MATCH (applier)-[:RUNS]->()
}
SET applier.state = 'STOPPED', applier.stoppedAt = coalesce($now, datetime.realtime())
