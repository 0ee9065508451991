// Marks a plan as being rolled back.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.rollBack = 'ONGOING', plan.statusMessage =
  plan.failure + CASE WHEN plan.failure ENDS WITH '.' THEN '' ELSE '.' END + ' What had succeeded is being reverted.'
