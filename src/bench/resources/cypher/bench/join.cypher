// Begins a plan for an applier that stands for nobody.
// Parameters: plan (uuid), applier, now.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = 'ONGOING', plan.startedAt = $now
CREATE (:Applier {id: $applier, state: 'BENCH'})
