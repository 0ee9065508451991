// The finally actions of a retried plan that do not wait: they run again as a whole.
// Parameters: plan (uuid).
// Rows: one for each; action (uuid).
MATCH (action:Action {planUuid: $plan})
USING INDEX SEEK action:Action(planUuid, number)
WHERE action.number >= 0 AND action.inFinally AND action.reverts IS NULL AND action.state <> 'STANDBY'
RETURN action.uuid AS action
