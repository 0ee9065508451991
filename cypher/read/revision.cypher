// A plan's revision.
// Parameters: plan (uuid).
// Rows: none or one; revision.
MATCH (plan:ActionPlan {uuid: $plan})
RETURN plan.revision AS revision
