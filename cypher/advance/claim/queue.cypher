// Updates the places of plans in the queue.
// Parameters: plans: a list of maps with plan (uuid), running: the number of its running actions, longest: the longest
// remaining path of its ready actions (null: it has none, and leaves the queue).
// Rows: none.
UNWIND $plans AS row
MATCH (plan:ActionPlan {uuid: row.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
SET
  plan.queueIdle = -row.running,
  plan.queueLongest = row.longest,
  plan.queueClass = CASE
    WHEN row.longest IS NULL THEN null
    ELSE coalesce(plan.priority, 0) + CASE WHEN row.longest >= 1.0e9 - 1.0 THEN 0.5 ELSE 0.0 END
  END
