// The alternative paths of a plan as a picture, for Neo4j Browser: what each replaces, of what it consists, and for whose
// failure it was activated.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each relationship of a path to an action of the plan; tie (a path).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
MATCH tie = (action)<-[:REPLACES|CONTAINS|ACTIVATED_BY]-(:AlternativePath)
RETURN tie
