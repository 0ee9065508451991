// Takes up the plans that were started: their actions are to be made ready, from the first.
// Parameters: now, host: of the applier.
// Rows: one for each plan; plan (uuid).
MATCH (plan:ActionPlan {state: 'PENDING'})
WHERE NOT plan.paused AND plan.change IS NULL
SET
  plan.state = 'ONGOING',
  plan.startedAt = coalesce(plan.startedAt, $now),
  plan.hostname = $host,
  plan.change = 'OPENING',
  plan.changesFrom = 0
RETURN plan.uuid AS plan
