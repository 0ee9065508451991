// The plan of whose actions the next are to be changed: of several, that of which the fewest have been.
// Parameters: plan (uuid: of this one only; or null).
// Rows: one, or none if there is no such plan; plan (uuid), state, paused, change: OPENING, PAUSING, CANCELLING, RETRYING or COUNTING, first:
// the number of the first action, total: how many there are, message: what is said of those that are cancelled (or null).
MATCH (plan:ActionPlan)
USING INDEX SEEK plan:ActionPlan(changesFrom)
WHERE plan.changesFrom >= 0 AND coalesce(plan.uuid = $plan, $plan IS NULL)
WITH plan
ORDER BY plan.changesFrom
LIMIT 1
RETURN
  plan.uuid AS plan, plan.state AS state, plan.paused AS paused, plan.change AS change, plan.changesFrom AS first, plan.actionsTotal AS total,
  plan.changeMessage AS message
