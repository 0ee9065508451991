// Restarts an ended plan, as soon as all actions that must run again are reset. Only actions that a path has replaced are
// still reverted then.
// Parameters: plan (uuid), paused: whether it waits until it is resumed, whole: whether all of its actions run again, so that
// no failure is left.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.state = 'PENDING',
  plan.paused = $paused,
  plan.failure = CASE WHEN $whole THEN null ELSE plan.failure END,
  plan.finallyState = CASE WHEN plan.finallyState IS NOT NULL THEN 'STANDBY' END,
  plan.reverted = CASE
    WHEN plan.reverted > 0 THEN COUNT {
      MATCH (action:Action {planUuid: $plan})
      WHERE action.reverted AND action.replacedBy IS NOT NULL
      RETURN action
    }
  END
REMOVE
  plan.stopping, plan.rollBack, plan.statusMessage, plan.lacking, plan.finishedAt, plan.revertRound,
  plan.revertsStored, plan.wasCancelled, plan.expiredAt
