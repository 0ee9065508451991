// Stores which actions activated a restored draft's alternative paths.
// Parameters: plan (uuid), now (null: the database's clock); activations: a list of maps with path, action (uuids).
// Rows: one; stored: the number of stored relationships; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $activations AS row
MATCH (path:AlternativePath {uuid: row.path})
MATCH (action:Action {uuid: row.action})
CREATE (path)-[:ACTIVATED_BY]->(action)
RETURN count(*) AS stored
