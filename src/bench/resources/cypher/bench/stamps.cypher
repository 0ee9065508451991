// What the attempts of children and of their parents have said. A child that nobody waits for is left out: it is as little
// urgent as the load is, and waits its turn.
// Parameters: plan (uuid).
// Rows: one for each dependency; parent, child (messages).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(child:Action)-[:DEPENDS_ON]->(parent:Action)
WHERE EXISTS { (child)<-[:DEPENDS_ON]-() }
MATCH (parent)-[:ATTEMPTED]->(before:Attempt)
MATCH (child)-[:ATTEMPTED]->(after:Attempt)
RETURN before.message AS parent, after.message AS child
