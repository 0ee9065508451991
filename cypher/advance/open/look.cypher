// Finds the pending work of an applier. Runs before an advance, and again in the advance when it holds the gate.
// Parameters: applier; now (null: the database's clock); advancing: whether the gate is held, so that its time is used.
// Rows: one; now, held: whether the applier is still a member, aborting: whether running actions of it must be aborted,
// running: the number of its running actions, lost: whether another applier's lease has expired, beginning: whether a
// plan was started, changing: whether a change of all actions of a plan is unfinished, due: whether an action's wait
// has ended, contended: whether an action is blocked by a resource, freed: whether such a resource has free units,
// holding: whether an alternative path waits to be opened, rollingBack: whether a plan waits to be rolled back, quiet:
// whether such a plan has no running actions, undecided: whether an action waits for a decision by its trigger rule,
// ready: whether an action can be claimed, nextDue: the end of the next wait of an action (or null).
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
  RETURN collect(action.notBefore)[0] AS nextDue
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
    WHERE NOT plan.paused AND plan.change IS NULL
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
  nextDue
