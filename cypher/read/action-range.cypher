// A part of a plan's actions, in the order of the plan.
// Parameters: plan (uuid), from: the number of the first action, to: the number after the last.
// Rows: one for each; uuid, number.
MATCH (action:Action {planUuid: $plan})
WHERE $from <= action.number < $to
RETURN action.uuid AS uuid, action.number AS number
ORDER BY action.number
