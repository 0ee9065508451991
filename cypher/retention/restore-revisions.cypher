// Stores a batch of a restored draft's revisions. They come before all others, so that no webhook is told about them
// again.
// Parameters: plan (uuid), now (null: the database's clock); revisions: a list of maps with properties, parts: a list of
// JSON.
// Rows: one; stored: the number of stored revisions; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $revisions AS row
CREATE (draft)-[:CHANGED]->(revision:Revision)
SET revision = row.properties, revision.planUuid = $plan, revision.turn = 0
FOREACH (place IN range(0, size(row.parts) - 1) |
  CREATE (revision)-[:CONTINUES]->(:RevisionPart {number: place + 1, actions: row.parts[place]})
)
RETURN count(*) AS stored
