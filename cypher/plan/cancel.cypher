// Begins to cancel a plan: what runs is asked to abort.
// Parameters: plan (uuid), message.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.state = 'CANCELLING',
  plan.paused = false,
  plan.rollBack = CASE WHEN plan.rollBack IS NULL THEN null ELSE 'CANCELLED' END
WITH plan
MATCH (applier:Applier {state: 'ACTIVE'})-[:RUNS]->(action:Ongoing)
WHERE action.planUuid = plan.uuid
SET action.abort = $message, applier.aborts = true
