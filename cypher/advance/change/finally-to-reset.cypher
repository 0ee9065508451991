// The finally actions of a retried plan that do not wait: they run again as a whole.
// Parameters: plan (uuid).
// Rows: one for each; action (uuid).
MATCH (plan:ActionPlan {uuid: $plan})
WHERE plan.finallyFrom IS NOT NULL
MATCH (action:Action {planUuid: plan.uuid})
USING INDEX SEEK action:Action(planUuid, number)
WHERE
  action.number >= plan.finallyFrom AND action.inFinally AND action.reverts IS NULL AND action.state <> 'STANDBY'
RETURN action.uuid AS action
