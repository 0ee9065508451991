// Stores the forecast of a plan that is about to start. It stays when the plan runs.
// Parameters: plan (uuid), makespanSeconds.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
WHERE plan.state = 'RECOMMENDED'
SET plan.baselineSeconds = $makespanSeconds
