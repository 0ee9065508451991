// What the attempts of children and of their parents have said.
// Parameters: plan (uuid).
// Rows: one for each dependency; parent, child (messages).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(child:Action)-[:DEPENDS_ON]->(parent:Action)
MATCH (parent)-[:ATTEMPTED]->(before:Attempt)
MATCH (child)-[:ATTEMPTED]->(after:Attempt)
RETURN before.message AS parent, after.message AS child
