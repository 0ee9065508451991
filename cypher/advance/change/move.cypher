// Stores the position of a change of all actions of a plan.
// Parameters: plan (uuid), change (null: it has ended), first: the number of the next action (null: it has ended).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.change = $change,
  plan.changesFrom = $first,
  plan.queueClass = CASE WHEN $change IS NULL AND plan.paused THEN null ELSE plan.queueClass END,
  plan.queueLongest = CASE WHEN $change IS NULL AND plan.paused THEN null ELSE plan.queueLongest END,
  plan.changeMessage = CASE WHEN $change IS NULL THEN null ELSE plan.changeMessage END
