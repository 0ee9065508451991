// The messages of the attempts of parents and children. Children without children of their own are omitted: they have the
// same low priority as the load, and wait in the queue.
// Parameters: plan (uuid).
// Rows: one per dependency; parent, child (messages).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(child:Action)-[:DEPENDS_ON]->(parent:Action)
WHERE EXISTS { (child)<-[:DEPENDS_ON]-() }
MATCH (parent)-[:ATTEMPTED]->(before:Attempt)
MATCH (child)-[:ATTEMPTED]->(after:Attempt)
RETURN before.message AS parent, after.message AS child
