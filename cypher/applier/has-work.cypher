// Whether an advance of an applier would find anything to do. Changes nothing.
// Parameters: applier, now (null: the database's clock).
// Rows: one; work: true or false.
WITH coalesce($now, datetime.realtime()) AS now
RETURN
  EXISTS {
    MATCH (action:Ready)
    WHERE action.rank > -1.0
  } OR EXISTS {
    MATCH (resource:Contended)
    WHERE resource.free > 0
  } OR EXISTS {
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
  } OR EXISTS {
    MATCH (other:Applier {state: 'ACTIVE'})
    WHERE other.leaseUntil < now
  } OR EXISTS {
    MATCH (path:AlternativePath {holding: true})
    WHERE path.state = 'ONGOING' AND NOT EXISTS { (path)-[:AWAITS]->() }
  } OR EXISTS {
    MATCH (plan:ActionPlan {rollBack: 'AWAITING'})
    WHERE plan.ongoing = 0
  } OR EXISTS {
    MATCH (me:Applier {id: $applier})
    WHERE me.aborts
  } AS work
