// Resets the failed, cancelled and reverted actions in a range of a plan to PENDING, except those that a path has
// replaced.
// Parameters: now, plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: one for each reset action; plan, action, path (uuids), id, attempt, state: its state before.
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE
  $first <= action.number < $end
  AND action.replacedBy IS NULL
  AND (action.state IN ['FAILED', 'CANCELLED'] AND (action.reverts IS NULL OR action.pathUuid IS NOT NULL)
    OR action.state = 'SUCCEEDED' AND action.reverted)
WITH action, action.state AS state
REMOVE
  action:Failed:Cancelled:Succeeded, action.statusMessage, action.startedAt, action.finishedAt, action.ignored,
  action.reverted, action.interrupted, action.readyAt, action.waitedFor
SET action:Pending, action.state = 'PENDING', action.failures = 0, action.updatedAt = $now
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt, state
