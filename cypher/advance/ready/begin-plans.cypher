// Starts the requested plans, unless they wait for a time: their actions are to be made ready, beginning with the first.
// Parameters: now, host: the applier's machine.
// Rows: one for each plan; plan (uuid).
MATCH (plan:ActionPlan {state: 'PENDING'})
WHERE NOT plan.paused AND plan.change IS NULL AND coalesce(plan.notBefore <= $now, true)
SET
  plan.state = 'ONGOING',
  plan.deadlineAt = CASE WHEN plan.deadlineSeconds > 0 THEN $now + duration({seconds: plan.deadlineSeconds}) END,
  plan.statusMessage = CASE
    WHEN plan.notBefore IS NULL OR plan.lacking IS NOT NULL THEN plan.statusMessage
  END,
  plan.startedAt = coalesce(plan.startedAt, $now),
  plan.hostname = $host,
  plan.finallyState = CASE WHEN plan.finallyState IS NOT NULL THEN 'WAITING' END,
  plan.change = 'OPENING',
  plan.changesFrom = 0
RETURN plan.uuid AS plan
