// The actions in a range of a retried plan that run again: those that have failed, were cancelled or reverted, were skipped
// by their trigger rules, ran only because of a failure, or are no longer replaced by a path; except those that a path has
// replaced, and finally actions.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: one for each; action (uuid).
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE
  $first <= action.number < $end
  AND action.replacedBy IS NULL AND action.inFinally IS NULL
  AND (action.state IN ['FAILED', 'CANCELLED'] AND (action.reverts IS NULL OR action.pathUuid IS NOT NULL)
    OR action.state = 'SUCCEEDED' AND (action.reverted OR action.afterFailure)
    OR action.skippedByRule OR action.runsAgain)
RETURN action.uuid AS action
