// Says of a plan for which audit it was made, and by which strategy.
// Parameters: audit, plan (uuids), strategyUuid, strategyName.
// Rows: one; plan (uuid); none if there is no such plan, or no such audit.
MATCH (audit:Audit {uuid: $audit})
MATCH (plan:ActionPlan {uuid: $plan})
MERGE (audit)-[:RECOMMENDS]->(plan)
SET plan.strategyUuid = $strategyUuid, plan.strategyName = $strategyName
RETURN plan.uuid AS plan
