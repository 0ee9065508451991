// Starts the cancellation of a plan: its running actions are asked to abort.
// Parameters: plan (uuid), message, abort: whether its finally actions do not run either.
// Rows: one for each action that is asked to abort; plan, action, path (uuids), id, attempt.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.state = 'CANCELLING',
  plan.paused = false,
  plan.finallyState = CASE WHEN $abort AND plan.finallyState <> 'ONGOING' THEN 'ENDED' ELSE plan.finallyState END,
  plan.rollBack = CASE WHEN plan.rollBack IS NULL THEN null ELSE 'CANCELLED' END
WITH plan
MATCH (applier:Applier {state: 'ACTIVE'})-[:RUNS]->(action:Ongoing)
WHERE action.planUuid = plan.uuid
SET action.abort = $message, applier.aborts = true
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt
