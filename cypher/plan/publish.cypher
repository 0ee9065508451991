// Turns a draft into a plan, which can be seen and started. A plan without actions has already succeeded.
// Parameters: uuid, now (null: the database's clock); plan: a map of the plan's properties; standby: the number of its
// actions in alternative paths.
// Rows: one; plan (uuid), now; none if the draft was deleted.
MATCH (gate:Gate {name: 'gate'})
WITH gate, coalesce($now, datetime.realtime()) AS now
MATCH (plan:Draft {uuid: $uuid})
REMOVE plan:Draft, plan.until
SET
  plan:ActionPlan,
  plan += $plan,
  plan.number = gate.turn,
  plan.state = CASE WHEN plan.actionsTotal = 0 THEN 'SUCCEEDED' ELSE 'RECOMMENDED' END,
  plan.finishedAt = CASE WHEN plan.actionsTotal = 0 THEN now END,
  plan.paused = false,
  plan.revision = 1,
  plan.pending = plan.actionsTotal - $standby,
  plan.ongoing = 0, plan.succeeded = 0, plan.failed = 0, plan.skipped = 0, plan.cancelled = 0,
  plan.standby = $standby,
  plan.createdAt = now
CREATE (plan)-[:CHANGED]->(:Revision {
  planUuid: plan.uuid, number: 1, turn: gate.turn, at: now, state: plan.state, paused: false,
  pending: plan.pending, ongoing: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0, standby: plan.standby,
  actions: '[]'
})
RETURN plan.uuid AS plan, now
