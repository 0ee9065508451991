// Whether an action of a type has ended, in any plan.
// Parameters: type.
// Rows: none or one; found.
MATCH (action:Action {actionType: $type})
WHERE action.finishedAt IS NOT NULL
RETURN true AS found
LIMIT 1
