// What waits among some actions of a plan.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the one after the last.
// Rows: one for each; action (uuid).
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action:Pending
RETURN action.uuid AS action
