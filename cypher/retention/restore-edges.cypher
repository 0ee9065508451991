// Stores a batch of a restored draft's dependencies.
// Parameters: plan (uuid), now (null: the database's clock); edges: a list of maps with child, parent (uuids),
// properties.
// Rows: one; stored: the number of stored dependencies; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $edges AS edge
MATCH (child:Action {uuid: edge.child})
MATCH (parent:Action {uuid: edge.parent})
CREATE (child)-[dependency:DEPENDS_ON]->(parent)
SET dependency = edge.properties
RETURN count(*) AS stored
