// The running actions of an applier, according to the graph.
// Parameters: applier.
// Rows: one for each action; action: its properties, planName, onFailure: the policy of its plan.
MATCH (:Applier {id: $applier})-[:RUNS]->(action:Action)
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
RETURN properties(action) AS action, plan.name AS planName, plan.onFailure AS onFailure
