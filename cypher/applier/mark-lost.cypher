// Marks the appliers whose lease has run out as lost.
// Parameters: now.
// Rows: one for each action that they were running; action: its properties, onFailure: its plan's policy.
MATCH (applier:Applier {state: 'ACTIVE'})
WHERE applier.leaseUntil < $now
SET applier.state = 'LOST', applier.lostAt = $now
WITH applier
MATCH (applier)-[:RUNS]->(action:Action)
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
RETURN properties(action) AS action, plan.onFailure AS onFailure
