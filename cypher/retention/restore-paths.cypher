// Stores a batch of a restored draft's alternative paths.
// Parameters: plan (uuid), now (null: the database's clock); paths: a list of maps of a path's properties.
// Rows: one; stored: the number of stored paths; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $paths AS properties
CREATE (path:AlternativePath)
SET path = properties
RETURN count(*) AS stored
