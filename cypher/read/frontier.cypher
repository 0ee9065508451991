// The amount of pending and running work, and the appliers. Uses the database's counts and indexes; ended actions are
// not read.
// Parameters: now (null: the database's clock).
// Rows: one; ready, running, blocked: the numbers of actions that are ready, running, or ready but blocked by a
// resource; plans: a list of maps with state and count, for the states that are not final; unchanged: the seconds since
// the last change of the unfinished plan that has been unchanged for the longest time (0: there is none); appliers,
// slots, used: of the appliers with a valid lease.
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
    USING INDEX SEEK action:Ready(blockedBy, priority)
    WHERE action.blockedBy > '' AND action.priority > -1.0
  } AS blocked,
  [state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING'] |
    {state: state, count: COUNT {
      MATCH (plan:ActionPlan)
      WHERE plan.state = state
    }}] AS plans,
  unchanged, appliers, slots, used
