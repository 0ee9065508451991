// The pending actions in a range of a plan, and the skipped ones that block their children.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: one for each; action (uuid).
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND (action:Pending OR action.released = false)
RETURN action.uuid AS action
