// Starts the finally actions of a plan whose other actions have ended, and adds that to its latest revision.
// Parameters: plan (uuid), message.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.finallyState = 'ONGOING',
  plan.wasCancelled = CASE WHEN plan.state = 'CANCELLING' THEN true ELSE plan.wasCancelled END,
  plan.statusMessage = $message,
  plan.change = 'FINISHING',
  plan.changesFrom = plan.finallyFrom
SET plan.state = 'ONGOING'
REMOVE plan.stopping, plan.deadlineAt
WITH plan
MATCH (revision:Revision {planUuid: plan.uuid, number: plan.revision})
SET revision.state = plan.state, revision.statusMessage = plan.statusMessage
