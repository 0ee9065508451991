// Lets nothing of a plan start any more. What is ready is taken out of the queue by and by.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = true
