// Sets the priority of a plan, and its place in the queue.
// Parameters: plan (uuid), priority: from -100 to 100.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.queueClass = plan.queueClass - coalesce(plan.priority, 0) + $priority
SET plan.priority = $priority
