// Lets a paused plan go on. What waits for nothing is made ready by and by.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.paused = false
