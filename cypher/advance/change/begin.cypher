// Starts a change of all actions of a plan at its first action. It replaces an unfinished change of the plan.
// Parameters: plan (uuid), change, message (or null).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.change = $change, plan.changesFrom = 0, plan.changeMessage = $message
