// Stores a batch of a draft's actions.
// Parameters: plan (uuid), now (null: the database's clock); actions: a list of maps with state, label, properties.
// Rows: one; stored: the number of stored actions; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
WITH draft, coalesce($now, datetime.realtime()) AS now
SET draft.until = now + duration('PT1M')
WITH draft, now
UNWIND $actions AS row
CREATE (draft)-[:CONTAINS]->(action:Action)
SET
  action = row.properties,
  action:$(row.label),
  action.planUuid = $plan,
  action.state = row.state,
  action.attempt = 0,
  action.failures = 0,
  action.createdAt = now
RETURN count(*) AS stored
