// The other plans that run, the smallest first: they take slots and resources, too.
// Parameters: plan (uuid), limit.
// Rows: one for each plan; uuid, priority, open: the number of its actions that have not ended.
MATCH (other:ActionPlan)
WHERE other.state IN ['ONGOING', 'CANCELLING'] AND NOT other.paused AND other.uuid <> $plan
RETURN other.uuid AS uuid, coalesce(other.priority, 0) AS priority, other.pending + other.ongoing AS open
ORDER BY open, other.number
LIMIT $limit
