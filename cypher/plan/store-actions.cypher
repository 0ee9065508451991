// Stores a batch of a draft's actions.
// Parameters: plan (uuid), now (null: the database's clock); actions: a list of maps of an action's properties.
// Rows: one; stored: how many, none if the draft has been swept away.
MATCH (draft:Draft {uuid: $plan})
WITH draft, coalesce($now, datetime.realtime()) AS now
SET draft.until = now + duration('PT1M')
WITH draft, now
UNWIND $actions AS properties
CREATE (draft)-[:CONTAINS]->(action:Action:Pending)
SET
  action = properties,
  action.planUuid = $plan,
  action.state = 'PENDING',
  action.attempt = 0,
  action.failures = 0,
  action.createdAt = now
RETURN count(*) AS stored
