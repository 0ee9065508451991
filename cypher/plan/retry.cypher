// Lets an ended plan begin anew, as soon as all of its actions that are to run again wait again.
// Parameters: plan (uuid).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET plan.state = 'PENDING', plan.paused = false
REMOVE plan.failure, plan.stopping, plan.rollBack, plan.statusMessage, plan.finishedAt, plan.revertRound, plan.revertsStored
