// The plan that was made for a request with this Idempotency-Key.
// Parameters: key.
// Rows: none or one; plan (uuid).
MATCH (plan:ActionPlan {idempotencyKey: $key})
RETURN plan.uuid AS plan
