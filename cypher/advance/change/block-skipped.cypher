// Lets the skipped actions in a range of a retried plan block their children again: their own parents may run once more.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the action after the last.
// Rows: none.
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE
  $first <= action.number < $end AND action.state = 'SKIPPED' AND action.replacedBy IS NULL
  AND EXISTS { (action)-[:DEPENDS_ON]->() }
SET action.released = false
