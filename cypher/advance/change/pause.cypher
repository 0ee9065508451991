// Removes the ready actions in a range of a plan from the queue.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: none.
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action:Ready
REMOVE action:Ready, action.rank, action.blockedBy, action.blockedRank, action.blockedUnits
SET action:Pending
