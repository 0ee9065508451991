// What was tried, as a picture, for Neo4j Browser: the actions of a plan with their attempts, and the appliers that made them.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each attempt; attempted (a path), applier (null: it is not known any more), runs (a path; null: it is over).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
MATCH attempted = (action)-[:ATTEMPTED]->(attempt:Attempt)
OPTIONAL MATCH (applier:Applier {id: attempt.applier})
OPTIONAL MATCH runs = (applier)-[:RUNS]->(action)
RETURN attempted, applier, runs
