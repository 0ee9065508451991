// Stores a batch of which of a draft's alternative paths stand in within which others.
// Parameters: plan (uuid), now (null: the database's clock); within: a list of maps with path, outer (uuids).
// Rows: one; stored: how many, none if the draft has been swept away.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $within AS row
MATCH (path:AlternativePath {uuid: row.path})
MATCH (outer:AlternativePath {uuid: row.outer})
CREATE (path)-[:WITHIN]->(outer)
RETURN count(*) AS stored
