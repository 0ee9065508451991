// The resources of a plan as a picture for Neo4j Browser: the actions that use them, and the actions that hold them
// now.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each use; uses (a path).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
MATCH uses = (action)-[:USES|HOLDS]->(:Resource)
RETURN uses
