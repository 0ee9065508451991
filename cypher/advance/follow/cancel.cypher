// Cancels actions that have not started.
// Parameters: now; actions: a list of maps with action (uuid), message.
// Rows: one for each; plan, action, path (uuids), id, message, attempt.
UNWIND $actions AS row
MATCH (action:Action {uuid: row.action})
USING INDEX SEEK action:Action(uuid)
WHERE action.state = 'PENDING'
REMOVE action:Pending:Ready
SET
  action:Cancelled,
  action.state = 'CANCELLED',
  action.statusMessage = row.message,
  action.finishedAt = $now,
  action.updatedAt = $now
REMOVE action.notBefore, action.deadlineAt, action.rank, action.blockedBy, action.blockedRank, action.blockedUnits
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, row.message AS message,
  action.attempt AS attempt
