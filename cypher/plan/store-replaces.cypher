// Stores a batch of the actions that a draft's alternative paths replace.
// Parameters: plan (uuid), now (null: the database's clock); replaces: a list of maps with path, action (uuids).
// Rows: one; stored: the number of stored relationships; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $replaces AS row
MATCH (path:AlternativePath {uuid: row.path})
MATCH (action:Action {uuid: row.action})
CREATE (path)-[:REPLACES]->(action)
RETURN count(*) AS stored
