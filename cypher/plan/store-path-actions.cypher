// Stores a batch of the actions of a draft's alternative paths.
// Parameters: plan (uuid), now (null: the database's clock); members: a list of maps with path, action (uuids).
// Rows: one; stored: the number of stored relationships; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $members AS member
MATCH (path:AlternativePath {uuid: member.path})
MATCH (action:Action {uuid: member.action})
CREATE (path)-[:CONTAINS]->(action)
RETURN count(*) AS stored
