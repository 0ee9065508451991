// Stores the reason for the state of an action.
// Parameters: now, action (uuid), message.
// Rows: none.
MATCH (action:Action {uuid: $action})
SET action.statusMessage = $message, action.updatedAt = $now
