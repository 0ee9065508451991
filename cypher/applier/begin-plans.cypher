// Takes up the plans that were started: their actions without parents become ready.
// Parameters: now, host: of the applier.
// Rows: one for each plan; plan (uuid).
MATCH (plan:ActionPlan {state: 'PENDING'})
WHERE NOT plan.paused
SET plan.state = 'ONGOING', plan.startedAt = coalesce(plan.startedAt, $now), plan.hostname = $host
WITH plan
CALL (plan) {
  MATCH (plan)-[:CONTAINS]->(action:Pending {unmetParents: 0})
  WHERE action.notBefore IS NULL
  REMOVE action:Pending
  SET action:Ready, action.rank = action.priority, action.readyAt = $now
}
RETURN plan.uuid AS plan
