// The graph of one plan for Neo4j Browser. An arrow points from an action to its parent.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each dependency, and for each action without one; action, dependency (a path, or null).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
OPTIONAL MATCH dependency = (action)-[:DEPENDS_ON]->(:Action)
RETURN action, dependency
