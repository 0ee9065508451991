// Stores a batch of a restored draft's actions with their attempts.
// Parameters: plan (uuid), now (null: the database's clock); actions: a list of maps with label, properties, attempts: a
// list of properties.
// Rows: one; stored: the number of stored actions; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $actions AS row
CREATE (draft)-[:CONTAINS]->(action:Action)
SET action = row.properties, action:$(row.label)
FOREACH (properties IN row.attempts |
  CREATE (action)-[:ATTEMPTED]->(attempt:Attempt)
  SET attempt = properties
)
RETURN count(*) AS stored
