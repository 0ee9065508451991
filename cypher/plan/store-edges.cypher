// Stores a batch of a draft's dependencies.
// Parameters: plan (uuid), now (null: the database's clock); edges: a list of maps with child, parent (uuids).
// Rows: one; stored: the number of stored dependencies; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $edges AS edge
MATCH (child:Action {uuid: edge.child})
MATCH (parent:Action {uuid: edge.parent})
CREATE (child)-[:DEPENDS_ON]->(parent)
RETURN count(*) AS stored
