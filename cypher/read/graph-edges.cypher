// The edges of a plan's graph.
// Parameters: plan (uuid).
// Rows: one for each dependency; parent, child (uuids).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(child:Action)-[:DEPENDS_ON]->(parent:Action)
WITH parent, child
ORDER BY child.number, parent.number
RETURN parent.uuid AS parent, child.uuid AS child
