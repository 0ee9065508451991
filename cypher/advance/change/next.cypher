// The plan whose change continues next: the one with the lowest position.
// Parameters: plan (uuid: only this plan; or null).
// Rows: one, or none if there is no such plan; plan (uuid), state, paused, change: OPENING, PAUSING, CANCELLING,
// RETRYING or COUNTING, first: the number of the first action, total: the number of the plan's actions, message: the
// status message for cancelled actions (or null).
MATCH (plan:ActionPlan)
USING INDEX SEEK plan:ActionPlan(changesFrom)
WHERE plan.changesFrom >= 0 AND coalesce(plan.uuid = $plan, $plan IS NULL)
WITH plan
ORDER BY plan.changesFrom
LIMIT 1
RETURN
  plan.uuid AS plan, plan.state AS state, plan.paused AS paused, plan.change AS change, plan.changesFrom AS first, plan.actionsTotal AS total,
  plan.changeMessage AS message
