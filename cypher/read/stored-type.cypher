// Whether there is an action of a type, in any plan.
// Parameters: type.
// Rows: none or one; found.
MATCH (action:Action {actionType: $type})
RETURN true AS found
LIMIT 1
