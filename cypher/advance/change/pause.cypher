// Takes what is ready among some actions of a plan out of the queue.
// Parameters: plan (uuid), first, end: the numbers of the first action and of the one after the last.
// Rows: none.
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE $first <= action.number < $end AND action:Ready
REMOVE action:Ready, action.rank, action.blockedBy
SET action:Pending
