// Turns a restored draft into an ended plan. It keeps its number and its idempotency key unless another plan has them.
// Needs the gate.
// Parameters: uuid, plan: a map of the plan's properties, idempotencyKey (or null).
// Rows: one; plan (uuid); none if the draft was deleted.
MATCH (gate:Gate {name: 'gate'})
MATCH (plan:Draft {uuid: $uuid})
REMOVE plan:Draft, plan.until
SET
  plan:ActionPlan,
  plan += $plan,
  plan.restoredAt = gate.now,
  plan.number = CASE
    WHEN EXISTS { MATCH (other:ActionPlan {number: $plan.number}) } THEN gate.turn
    ELSE $plan.number
  END,
  plan.idempotencyKey = CASE
    WHEN NOT EXISTS { MATCH (other:ActionPlan {idempotencyKey: $idempotencyKey}) } THEN $idempotencyKey
  END
WITH plan
CALL (plan) {
  MATCH (audit:Audit {uuid: plan.auditUuid})
  CREATE (audit)-[:RECOMMENDS]->(plan)
}
RETURN plan.uuid AS plan
