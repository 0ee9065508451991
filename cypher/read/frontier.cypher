// How much there is to do, and who does it. From the database's own counts and from indexes: what is over is not looked at.
// Parameters: now (null: the database's clock).
// Rows: one; ready, running, blocked: how many actions are ready, run, are ready but wait for a resource; plans: a list of
// maps with state and count, of the states that are not over; unchanged: for how many seconds nothing has changed of the
// plan that is to run of which that is longest ago (0: there is none); appliers, slots, used: with a valid lease.
WITH coalesce($now, datetime.realtime()) AS now
CALL (now) {
  WITH now
  OPTIONAL MATCH (plan:ActionPlan)
  WHERE plan.state IN ['PENDING', 'ONGOING', 'CANCELLING'] AND NOT plan.paused
  RETURN coalesce(max((now.epochMillis - coalesce(plan.updatedAt, plan.createdAt).epochMillis) / 1000.0), 0.0) AS unchanged
}
CALL (now) {
  WITH now
  OPTIONAL MATCH (lease:Lease)
  WHERE lease.until > now
  OPTIONAL MATCH (applier:Applier {id: lease.applier, state: 'ACTIVE'})
  RETURN
    count(applier) AS appliers,
    sum(applier.maxConcurrentActions) AS slots,
    sum(COUNT { (applier)-[:RUNS]->() }) AS used
}
RETURN
  COUNT { (:Ready) } AS ready,
  COUNT { (:Ongoing) } AS running,
  COUNT {
    MATCH (action:Ready)
    WHERE action.blockedBy > '' AND action.priority > -1.0
  } AS blocked,
  [state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING'] |
    {state: state, count: COUNT {
      MATCH (plan:ActionPlan)
      WHERE plan.state = state
    }}] AS plans,
  unchanged, appliers, slots, used
