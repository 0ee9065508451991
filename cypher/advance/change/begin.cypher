// Begins a change of all actions of a plan, from the first. Another that goes on is given up: this one takes its place.
// Parameters: plan (uuid), change, message (or null).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.change = $change, plan.changesFrom = 0, plan.changeMessage = $message
