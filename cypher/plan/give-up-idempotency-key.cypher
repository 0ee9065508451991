// Takes an Idempotency-Key from a plan that was deleted by a version that left it there.
// Parameters: key.
// Rows: none.
MATCH (plan:ActionPlan {idempotencyKey: $key})
WHERE plan.state = 'DELETED'
REMOVE plan.idempotencyKey, plan.bodyDigest
