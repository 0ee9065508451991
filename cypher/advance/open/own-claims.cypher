// What an applier runs, as the graph has it.
// Parameters: applier.
// Rows: one for each action; action: its properties, planName, onFailure: of its plan.
MATCH (:Applier {id: $applier})-[:RUNS]->(action:Action)
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
RETURN properties(action) AS action, plan.name AS planName, plan.onFailure AS onFailure
