// The actions in a range of a plan that have not started.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: one for each; action (uuid).
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action.state = 'PENDING'
RETURN action.uuid AS action
