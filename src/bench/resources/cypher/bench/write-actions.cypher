// Writes actions of a plan.
// Parameters: plan (uuid), actions: a list of maps of their properties.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
UNWIND $actions AS properties
CREATE (plan)-[:CONTAINS]->(action:Action:Pending)
SET action = properties
