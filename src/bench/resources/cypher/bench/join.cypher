// Starts a plan on behalf of an applier without a process.
// Parameters: plan (uuid), applier, now.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = 'ONGOING', plan.startedAt = $now
CREATE (:Applier {id: $applier, state: 'BENCH'})
