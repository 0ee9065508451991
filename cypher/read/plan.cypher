// One plan.
// Parameters: uuid, deleted: whether deleted plans are included.
// Rows: none or one; plan.
MATCH (plan:ActionPlan {uuid: $uuid})
WHERE $deleted OR plan.state <> 'DELETED'
RETURN plan
