// Resumes a paused plan: what waits for nothing is made ready again, from the first action on.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = false, plan.opensFrom = CASE plan.state WHEN 'ONGOING' THEN 0 END
