// Remembers how far a change of all actions of a plan has come.
// Parameters: plan (uuid), change (null: it is over), first: the number of the next action (null: it is over).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.change = $change,
  plan.changesFrom = $first,
  plan.changeMessage = CASE WHEN $change IS NULL THEN null ELSE plan.changeMessage END
