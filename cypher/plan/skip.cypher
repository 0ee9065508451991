// Skips an action. It blocks its children until it is released, which follows when its parents are counted and none is
// open.
// Parameters: now, action (uuid), message.
// Rows: none.
MATCH (action:Action {uuid: $action})
REMOVE action:Pending:Ready:Failed:Cancelled:Undecided
REMOVE
  action.rank, action.blockedBy, action.blockedRank, action.blockedUnits, action.notBefore, action.ignored, action.deadlineAt,
  action.interrupted
SET
  action:Skipped,
  action.state = 'SKIPPED',
  action.released = false,
  action.statusMessage = $message,
  action.finishedAt = $now,
  action.updatedAt = $now
