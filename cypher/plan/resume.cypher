// Resumes a paused plan. Actions without open parents are made ready in portions.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = false, plan.statusMessage = CASE WHEN plan.awaitsDecision THEN null ELSE plan.statusMessage END
REMOVE plan.awaitsDecision
