// Says of a started plan that it waits for its time, unless that has come.
// Parameters: now, plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
WHERE plan.notBefore > $now
SET plan.statusMessage = 'It begins at ' + toString(plan.notBefore) + ' or later: its not_before.'
