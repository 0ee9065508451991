// Makes ended actions run again: they become PENDING, or STANDBY in a path or finally graph that waits.
// Parameters: now; actions: a list of uuids; state, label: of the actions afterwards.
// Rows: one for each action; plan, action, path (uuids), id, attempt, state: its state before.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
WITH action, action.state AS state
REMOVE
  action:Failed:Cancelled:Succeeded:Skipped:Standby, action.statusMessage, action.startedAt, action.finishedAt, action.ignored,
  action.reverted, action.interrupted, action.readyAt, action.deadlineAt, action.released, action.skippedByRule, action.afterFailure,
  action.runsAgain, action.waitedFor
SET
  action:$($label),
  action.state = $state,
  action.failures = 0,
  action.decides = CASE WHEN action.triggerRule = 'one_failed' THEN true END,
  action.updatedAt = $now
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt, state
