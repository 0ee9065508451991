// Restarts an ended plan, as soon as all actions that must run again are reset.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = 'PENDING', plan.paused = false
REMOVE plan.failure, plan.stopping, plan.rollBack, plan.statusMessage, plan.lacking, plan.finishedAt, plan.revertRound, plan.revertsStored, plan.expiredAt
