// Marks the actions whose wait has ended.
// Parameters: now.
// Rows: none.
MATCH (action:Pending)
WHERE action.notBefore <= $now AND action.unmetParents = 0
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state = 'ONGOING' AND NOT plan.paused
SET action:Due
