// Sets the state of a plan.
// Parameters: now, plan (uuid), state.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = $state, plan.deletedAt = CASE WHEN $state = 'DELETED' THEN $now END
