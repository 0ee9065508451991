// The finally actions in a range of a plan that begin to wait for their parents, without those of alternative paths.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: one for each; action (uuid).
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action.inFinally AND action.pathUuid IS NULL AND action.state = 'STANDBY'
RETURN action.uuid AS action
