// The plan that was made for a request with this Idempotency-Key, unless it was deleted since.
// Parameters: key.
// Rows: none or one; plan (uuid), digest: the SHA-256 of the request's body (null in plans of older versions).
MATCH (plan:ActionPlan {idempotencyKey: $key})
WHERE plan.state <> 'DELETED'
RETURN plan.uuid AS plan, plan.bodyDigest AS digest
