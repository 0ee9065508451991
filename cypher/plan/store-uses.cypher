// Stores a batch of the resource uses of a draft's actions.
// Parameters: plan (uuid), now (null: the database's clock); uses: a list of maps with action (uuid), key (of a stored
// resource), units.
// Rows: one; stored: the number of stored uses; none if the draft was deleted.
MATCH (draft:Draft {uuid: $plan})
SET draft.until = coalesce($now, datetime.realtime()) + duration('PT1M')
WITH draft
UNWIND $uses AS use
MATCH (action:Action {uuid: use.action})
MATCH (resource:Resource {key: use.key})
CREATE (action)-[:USES {units: use.units}]->(resource)
RETURN count(*) AS stored
