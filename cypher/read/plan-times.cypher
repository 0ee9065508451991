// The times of a plan.
// Parameters: plan (uuid), now (null: the database's clock).
// Rows: one; state, paused, priority, revision, now, started, finished: milliseconds since 1970 (or null), makespan: the
// forecast at its creation in seconds, baseline: the forecast at its start (each may be null).
MATCH (plan:ActionPlan {uuid: $plan})
RETURN
  plan.state AS state,
  plan.paused AS paused,
  coalesce(plan.priority, 0) AS priority,
  plan.revision AS revision,
  coalesce($now, datetime.realtime()).epochMillis AS now,
  plan.startedAt.epochMillis AS started,
  plan.finishedAt.epochMillis AS finished,
  plan.makespanSeconds AS makespan,
  plan.baselineSeconds AS baseline
