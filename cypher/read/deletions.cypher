// The times when plans were deleted.
// Parameters: uuids: the plans.
// Rows: one for each deleted plan; plan (uuid), deletedAt.
UNWIND $uuids AS uuid
MATCH (plan:ActionPlan {uuid: uuid})
WHERE plan.state = 'DELETED' AND plan.deletedAt IS NOT NULL
RETURN plan.uuid AS plan, plan.deletedAt AS deletedAt
