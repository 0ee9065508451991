// Creates dependencies.
// Parameters: edges: a list of maps with child, parent (uuids).
// Rows: none.
UNWIND $edges AS edge
MATCH (child:Action {uuid: edge.child})
MATCH (parent:Action {uuid: edge.parent})
CREATE (child)-[:DEPENDS_ON]->(parent)
