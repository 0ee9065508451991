// Marks what waits for nothing among some actions of a plan that begins or goes on.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the one after the last.
// Rows: none.
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action:Pending AND action.unmetParents = 0 AND action.notBefore IS NULL
SET action:Due
