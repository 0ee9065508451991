// Ends an audit with the plan that it recommends. Its change gets its place among all changes later: audit/order.
// Parameters: now (null: the database's clock), audit, plan (uuids), strategyUuid, strategyName.
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
WITH gate, coalesce($now, datetime.realtime()) AS now
MATCH (audit:Audit {uuid: $audit})
WITH gate, now, audit, audit.state AS oldState
MATCH (plan:ActionPlan {uuid: $plan})
MERGE (audit)-[:RECOMMENDS]->(plan)
SET
  plan.strategyUuid = $strategyUuid,
  plan.strategyName = $strategyName,
  audit.state = 'SUCCEEDED',
  audit.updatedAt = now,
  audit.revision = coalesce(audit.revision, gate.turn) + 1
CREATE (:Revision:Unordered {
  auditUuid: audit.uuid, number: audit.revision, at: now, oldState: oldState, state: 'SUCCEEDED'
})
