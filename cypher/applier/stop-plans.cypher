// Lets nothing new start in plans in which something has failed.
// Parameters: plans: a list of maps with plan (uuid), rollBack: whether the plan is to be rolled back.
// Rows: none.
UNWIND $plans AS row
MATCH (plan:ActionPlan {uuid: row.plan})
WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
SET plan.stopping = true, plan.rollBack = CASE WHEN row.rollBack THEN 'AWAITING' END
