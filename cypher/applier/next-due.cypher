// When the next action's wait is over.
// Parameters: now.
// Rows: none or one; notBefore.
MATCH (action:Pending)
WHERE action.notBefore > $now
RETURN action.notBefore AS notBefore
ORDER BY action.notBefore
LIMIT 1
