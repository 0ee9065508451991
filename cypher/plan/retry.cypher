// Restarts an ended plan, as soon as all actions that must run again are reset.
// Parameters: plan (uuid), paused: whether it waits until it is resumed.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.state = 'PENDING',
  plan.paused = $paused,
  plan.finallyState = CASE WHEN plan.finallyState IS NOT NULL THEN 'STANDBY' END
REMOVE
  plan.failure, plan.stopping, plan.rollBack, plan.statusMessage, plan.lacking, plan.finishedAt, plan.revertRound,
  plan.revertsStored, plan.wasCancelled, plan.expiredAt
