// Pauses plans because of a failure, until a person decides. Ready actions leave the queue in portions.
// Parameters: plans: a list of maps with plan (uuid), message.
// Rows: none.
UNWIND $plans AS row
MATCH (plan:ActionPlan {uuid: row.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state = 'ONGOING'
SET plan.paused = true, plan.awaitsDecision = true, plan.statusMessage = row.message
WITH plan
WHERE coalesce(plan.change, 'OPENING') IN ['OPENING', 'PAUSING']
SET plan.change = 'PAUSING', plan.changesFrom = 0
