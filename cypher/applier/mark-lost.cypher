// Marks the appliers whose lease has run out as lost.
// Parameters: now.
// Rows: one for each action that they were running; id: the applier's id, action.
MATCH (applier:Applier {state: 'ACTIVE'})
WHERE applier.leaseUntil < $now
SET applier.state = 'LOST', applier.lostAt = $now
WITH applier
MATCH (applier)-[:RUNS]->(action:Action)
MATCH (plan:ActionPlan {uuid: action.planUuid})
RETURN action, plan.onFailure AS onFailure
