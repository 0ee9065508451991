// Starts the requested plans: their actions are to be made ready, beginning with the first.
// Parameters: now, host: the applier's machine.
// Rows: one for each plan; plan (uuid).
MATCH (plan:ActionPlan {state: 'PENDING'})
WHERE NOT plan.paused AND plan.change IS NULL
SET
  plan.state = 'ONGOING',
  plan.startedAt = coalesce(plan.startedAt, $now),
  plan.hostname = $host,
  plan.finallyState = CASE WHEN plan.finallyState IS NOT NULL THEN 'WAITING' END,
  plan.change = 'OPENING',
  plan.changesFrom = 0
RETURN plan.uuid AS plan
