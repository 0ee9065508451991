// Skips an action.
// Parameters: now, action (uuid), message.
// Rows: none.
MATCH (action:Action {uuid: $action})
REMOVE action:Pending:Ready, action.rank, action.blockedBy, action.blockedRank, action.blockedUnits, action.notBefore, action.deadlineAt
SET
  action:Skipped,
  action:Completed,
  action.state = 'SKIPPED',
  action.statusMessage = $message,
  action.finishedAt = $now,
  action.updatedAt = $now
