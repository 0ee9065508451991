// When plans were deleted.
// Parameters: uuids: of plans.
// Rows: one for each that was deleted; plan (uuid), deletedAt.
UNWIND $uuids AS uuid
MATCH (plan:ActionPlan {uuid: uuid})
WHERE plan.state = 'DELETED' AND plan.deletedAt IS NOT NULL
RETURN plan.uuid AS plan, plan.deletedAt AS deletedAt
