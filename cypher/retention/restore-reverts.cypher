// Stores a batch of the relationships between a restored draft's reverts and what they undo.
// Parameters: plan (uuid), now (null: the database's clock); reverts: a list of maps with action, reverts (uuids).
// Rows: one; stored: the number of stored relationships; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $reverts AS row
MATCH (action:Action {uuid: row.action})
MATCH (undone:Action {uuid: row.reverts})
CREATE (action)-[:REVERTS]->(undone)
RETURN count(*) AS stored
