// Sets the state of a plan. A deleted plan gives up its Idempotency-Key, so that the same request creates a new plan.
// Parameters: now, plan (uuid), state.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.state = $state,
  plan.deletedAt = CASE WHEN $state = 'DELETED' THEN $now END,
  plan.idempotencyKey = CASE WHEN $state <> 'DELETED' THEN plan.idempotencyKey END,
  plan.bodyDigest = CASE WHEN $state <> 'DELETED' THEN plan.bodyDigest END
