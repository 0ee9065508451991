// Opens an advance: renews the applier's lease by the time at which the gate was taken, and looks what there is to do.
// Parameters: applier, lease (a duration).
// Rows: one; now, held: whether the applier is still a member, aborting: whether actions that it runs are to
// be aborted, running: how many actions it runs,
// lost: whether another applier's lease has run out, opening: whether a plan or an action waits to be opened,
// contended: whether an action waits for a resource, holding: whether an alternative path waits to be opened,
// rollingBack: whether a plan waits to be rolled back, nextDue: when the next wait of an action is over (or null).
MATCH (gate:Gate {name: 'gate'})
WITH gate.now AS now
OPTIONAL MATCH (me:Applier {id: $applier, state: 'ACTIVE'})
USING INDEX SEEK me:Applier(id)
SET me.leaseUntil = now + $lease
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
    MATCH (other:Applier {state: 'ACTIVE'})
    WHERE other.leaseUntil < now
  } AS lost,
  EXISTS {
    MATCH (plan:ActionPlan {state: 'PENDING'})
    WHERE NOT plan.paused
  } OR EXISTS {
    MATCH (plan:ActionPlan)
    USING INDEX SEEK plan:ActionPlan(opensFrom)
    WHERE plan.opensFrom >= 0
  } OR EXISTS {
    MATCH (action:Pending)
    WHERE action.notBefore <= now
    MATCH (plan:ActionPlan {uuid: action.planUuid})
    WHERE NOT plan.paused
  } AS opening,
  EXISTS { (:Contended) } AS contended,
  EXISTS {
    MATCH (path:AlternativePath {holding: true})
    WHERE path.state = 'ONGOING' AND NOT EXISTS { (path)-[:AWAITS]->() }
  } AS holding,
  EXISTS { (:ActionPlan {rollBack: 'AWAITING'}) } AS rollingBack,
  nextDue
