// Lets nothing new start in plans in which something has failed.
// Parameters: plans: a list of maps with plan (uuid), rollBack: whether the plan is to be rolled back.
// Rows: one for each that stops with this; plan (uuid).
UNWIND $plans AS row
MATCH (plan:ActionPlan {uuid: row.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
SET plan.stopping = true, plan.rollBack = CASE WHEN row.rollBack THEN 'AWAITING' END
RETURN plan.uuid AS plan
