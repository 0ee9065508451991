// Ends an audit with the plan that it recommends.
// Parameters: now (null: the database's clock), audit, plan (uuids), strategyUuid, strategyName.
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
WITH gate.turn AS turn, coalesce($now, datetime.realtime()) AS now
MATCH (audit:Audit {uuid: $audit})
WITH turn, now, audit
MATCH (plan:ActionPlan {uuid: $plan})
MERGE (audit)-[:RECOMMENDS]->(plan)
CREATE (:Revision {
  auditUuid: audit.uuid, turn: turn, at: now, oldState: audit.state, state: 'SUCCEEDED'
})
SET
  plan.strategyUuid = $strategyUuid,
  plan.strategyName = $strategyName,
  audit.state = 'SUCCEEDED',
  audit.updatedAt = now
