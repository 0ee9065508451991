// The plans that are rolled back as soon as they have no running actions. No further action of them starts.
// Parameters: none.
// Rows: one for each plan; plan (uuid), ongoing: the number of its running actions when it was last counted.
MATCH (plan:ActionPlan {rollBack: 'AWAITING'})
WHERE plan.state = 'ONGOING' AND plan.change IS NULL
RETURN plan.uuid AS plan, plan.ongoing AS ongoing
