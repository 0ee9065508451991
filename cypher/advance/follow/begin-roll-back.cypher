// Marks a plan as being rolled back: all reverts are stored, and those without open parents can be made ready.
// Parameters: plan (uuid), message, first: the number of the first revert (null: there is none).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
SET
  plan.rollBack = 'ONGOING',
  plan.statusMessage = $message,
  plan.change = CASE WHEN $first IS NULL THEN null ELSE 'COUNTING' END,
  plan.changesFrom = $first
REMOVE plan.revertRound, plan.revertsStored
