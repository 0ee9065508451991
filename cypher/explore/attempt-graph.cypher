// The attempts of a plan as a picture for Neo4j Browser: its actions, their attempts, and the appliers that made them.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each attempt; attempted (a path), applier (null: it is no longer stored), runs (a path; null: the
// attempt has ended).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
MATCH attempted = (action)-[:ATTEMPTED]->(attempt:Attempt)
OPTIONAL MATCH (applier:Applier {id: attempt.applier})
OPTIONAL MATCH runs = (applier)-[:RUNS]->(action)
RETURN attempted, applier, runs
