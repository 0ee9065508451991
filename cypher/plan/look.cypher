// The state of a plan.
// Parameters: plan (uuid), now (null: the database's clock).
// Rows: none if there is no such plan; else now, state, revision, paused, change, finally: the state of its finally actions
// (or null).
MATCH (plan:ActionPlan {uuid: $plan})
WHERE plan.state <> 'DELETED'
RETURN
  coalesce($now, datetime.realtime()) AS now, plan.state AS state, plan.revision AS revision, plan.paused AS paused,
  plan.change AS change, plan.finallyState AS finally
