// What an applier runs, as the graph has it.
// Parameters: applier.
// Rows: one for each action; action, onFailure: its plan's policy.
MATCH (:Applier {id: $applier})-[:RUNS]->(action:Action)
MATCH (plan:ActionPlan {uuid: action.planUuid})
RETURN action, plan.onFailure AS onFailure
