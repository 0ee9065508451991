// The alternative paths of a plan as a picture for Neo4j Browser: the actions that each replaces, its own actions, and
// the failed action that activated it.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each relationship of a path to an action of the plan; tie (a path).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
MATCH tie = (action)<-[:REPLACES|CONTAINS|ACTIVATED_BY]-(:AlternativePath)
RETURN tie
