// What the actions of a plan take, as a picture, for Neo4j Browser: resources, which actions use them, and which hold them.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each use; uses (a path).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
MATCH uses = (action)-[:USES|HOLDS]->(:Resource)
RETURN uses
