// Finds the pending work of an applier. Runs before an advance, and again in the advance when it holds the gate.
// Parameters: applier; now (null: the database's clock); advancing: whether the gate is held, so that its time is used.
// Rows: one; now, held: whether the applier is still a member, aborting: whether running actions of it must be aborted,
// running: the number of its running actions, lost: whether another applier's lease has expired, beginning: whether a
// plan was started and may begin, changing: whether a change of all actions of a plan is unfinished, due: whether an
// action's wait has ended, expired: whether the deadline of an action that waits for another attempt has passed, overdue:
// whether that of a running plan has, contended: whether an action is blocked by a resource, freed: whether such a resource has free units,
// holding: whether an alternative path waits to be opened, rollingBack: whether a plan waits to be rolled back, quiet:
// whether such a plan has no running actions, undecided: whether an action waits for a decision by its trigger rule,
// ready: whether an action can be claimed, nextDue: the end of the next wait of an action or a plan, or the next deadline
// of those (or null).
MATCH (gate:Gate {name: 'gate'})
WITH CASE WHEN $advancing THEN gate.now ELSE coalesce($now, datetime.realtime()) END AS now
OPTIONAL MATCH (me:Applier {id: $applier, state: 'ACTIVE'})
USING INDEX SEEK me:Applier(id)
WITH now, me
CALL (now) {
  MATCH (action:Pending)
  WHERE action.notBefore > now
  WITH action
  ORDER BY action.notBefore
  LIMIT 1
  RETURN collect(action.notBefore)[0] AS attemptDue
}
CALL (now) {
  MATCH (action:Action)
  USING INDEX SEEK action:Action(deadlineAt)
  WHERE action.deadlineAt > now
  WITH action
  ORDER BY action.deadlineAt
  LIMIT 1
  RETURN collect(action.deadlineAt)[0] AS actionEnds
}
CALL (now) {
  MATCH (plan:ActionPlan)
  USING INDEX SEEK plan:ActionPlan(deadlineAt)
  WHERE plan.deadlineAt > now
  WITH plan
  ORDER BY plan.deadlineAt
  LIMIT 1
  RETURN collect(plan.deadlineAt)[0] AS planEnds
}
CALL (now) {
  MATCH (plan:ActionPlan)
  USING INDEX SEEK plan:ActionPlan(state, notBefore)
  WHERE plan.state = 'PENDING' AND plan.notBefore > now
  WITH plan
  ORDER BY plan.state, plan.notBefore
  LIMIT 1
  RETURN collect(plan.notBefore)[0] AS planDue
}
RETURN
  now,
  me IS NOT NULL AS held,
  me.aborts IS NOT NULL AS aborting,
  COUNT { (me)-[:RUNS]->() } AS running,
  EXISTS {
    MATCH (lease:Lease)
    WHERE lease.until < now AND lease.applier <> $applier
    MATCH (:Applier {id: lease.applier, state: 'ACTIVE'})
  } AS lost,
  EXISTS {
    MATCH (plan:ActionPlan {state: 'PENDING'})
    WHERE NOT plan.paused AND plan.change IS NULL AND coalesce(plan.notBefore <= now, true)
  } AS beginning,
  EXISTS {
    MATCH (plan:ActionPlan)
    USING INDEX SEEK plan:ActionPlan(changesFrom)
    WHERE plan.changesFrom >= 0
  } AS changing,
  EXISTS {
    MATCH (action:Pending)
    WHERE action.notBefore <= now AND action.unmetParents = 0
    MATCH (plan:ActionPlan {uuid: action.planUuid})
    WHERE plan.state = 'ONGOING' AND NOT plan.paused
  } AS due,
  EXISTS {
    MATCH (action:Action)
    USING INDEX SEEK action:Action(deadlineAt)
    WHERE action.deadlineAt <= now AND action.state = 'PENDING'
    MATCH (plan:ActionPlan {uuid: action.planUuid})
    WHERE
      plan.state = 'ONGOING' AND plan.expiredAt IS NULL
      AND (plan.stopping IS NULL OR action.reverts IS NOT NULL AND action.pathUuid IS NULL)
  } AS expired,
  EXISTS {
    MATCH (plan:ActionPlan)
    USING INDEX SEEK plan:ActionPlan(deadlineAt)
    WHERE plan.deadlineAt <= now AND plan.state = 'ONGOING'
  } AS overdue,
  EXISTS { (:Contended) } AS contended,
  EXISTS {
    MATCH (resource:Contended)
    WHERE resource.free > 0 OR resource.free IS NULL
  } AS freed,
  EXISTS {
    MATCH (path:AlternativePath {holding: true})
    WHERE path.state = 'ONGOING' AND NOT EXISTS { (path)-[:AWAITS]->() }
    MATCH (plan:ActionPlan {uuid: path.planUuid})
    WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
  } AS holding,
  EXISTS { (:ActionPlan {rollBack: 'AWAITING'}) } AS rollingBack,
  EXISTS {
    MATCH (plan:ActionPlan {rollBack: 'AWAITING'})
    WHERE plan.ongoing = 0 AND plan.change IS NULL
  } AS quiet,
  EXISTS { (:Undecided) } AS undecided,
  EXISTS {
    MATCH (plan:ActionPlan)
    WHERE
      plan.queueClass > -1000.0 AND plan.queueIdle IS NOT NULL AND plan.queueLongest IS NOT NULL
      AND plan.state = 'ONGOING' AND NOT plan.paused
  } AS ready,
  reduce(next = null, at IN [attemptDue, actionEnds, planEnds, planDue] | CASE WHEN next < at THEN next ELSE coalesce(at, next) END)
    AS nextDue
