// Pauses a plan: no further action starts. Ready actions are removed from the queue in portions.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = true
