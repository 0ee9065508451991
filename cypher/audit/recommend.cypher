// Ends an audit with the plan that it recommends.
// Parameters: now (null: the database's clock), audit, plan (uuids), strategyUuid, strategyName.
// Rows: none.
MATCH (audit:Audit {uuid: $audit})
MATCH (plan:ActionPlan {uuid: $plan})
MERGE (audit)-[:RECOMMENDS]->(plan)
SET
  plan.strategyUuid = $strategyUuid,
  plan.strategyName = $strategyName,
  audit.state = 'SUCCEEDED',
  audit.updatedAt = coalesce($now, datetime.realtime())
