// Marks the actions in a range of a plan that have no open parents. The plan starts or resumes.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: none.
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action:Pending AND action.unmetParents = 0 AND action.notBefore IS NULL
SET action:Due
