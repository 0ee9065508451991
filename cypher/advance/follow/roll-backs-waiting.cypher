// The plans that are to be rolled back as soon as nothing of them runs. In none of them does anything start any more.
// Parameters: none.
// Rows: one for each; plan (uuid), ongoing: how many of its actions ran when it was last counted.
MATCH (plan:ActionPlan {rollBack: 'AWAITING'})
WHERE plan.state = 'ONGOING' AND plan.change IS NULL
RETURN plan.uuid AS plan, plan.ongoing AS ongoing
