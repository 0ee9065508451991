// All stored properties of a plan and its actions.
// Parameters: plan (uuid).
// Rows: one; plan: its properties, actions: theirs, in the order of their numbers.
MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WITH plan, action
ORDER BY action.number
RETURN properties(plan) AS plan, collect(properties(action)) AS actions
