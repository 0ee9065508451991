// Stores a batch of the nesting of a draft's alternative paths.
// Parameters: plan (uuid), now (null: the database's clock); within: a list of maps with path, outer (uuids).
// Rows: one; stored: the number of stored relationships; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $within AS row
MATCH (path:AlternativePath {uuid: row.path})
MATCH (outer:AlternativePath {uuid: row.outer})
CREATE (path)-[:WITHIN]->(outer)
RETURN count(*) AS stored
