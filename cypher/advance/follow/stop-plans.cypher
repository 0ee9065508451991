// Stops plans because of a failure: no further action starts.
// Parameters: plans: a list of maps with plan (uuid), rollBack: whether the plan is to be rolled back.
// Rows: one for each plan that was running until now; plan (uuid).
UNWIND $plans AS row
MATCH (plan:ActionPlan {uuid: row.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
SET plan.stopping = true, plan.rollBack = CASE WHEN row.rollBack THEN 'AWAITING' END
RETURN plan.uuid AS plan
