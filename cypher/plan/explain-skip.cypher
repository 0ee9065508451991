// Stores why an action was skipped.
// Parameters: now, action (uuid), message.
// Rows: none.
MATCH (action:Action {uuid: $action})
SET action.statusMessage = $message, action.updatedAt = $now
