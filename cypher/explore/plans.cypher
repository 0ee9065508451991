// The latest plans with their progress and uuids.
// Parameters: none.
// Rows: one for each plan, the latest first, at most 25; uuid, name, state, paused, progress (percent of its actions
// that have ended), running, failed, createdAt, seconds (from its start to its end), message.
MATCH (plan:ActionPlan)
WHERE plan.number > 0
WITH plan
ORDER BY plan.number DESC
LIMIT 25
RETURN
  plan.uuid AS uuid,
  plan.name AS name,
  plan.state AS state,
  plan.paused AS paused,
  toInteger(100.0 * (plan.succeeded + plan.failed + plan.skipped + plan.cancelled) / plan.actionsTotal) AS progress,
  plan.ongoing AS running,
  plan.failed AS failed,
  plan.createdAt AS createdAt,
  duration.inSeconds(plan.startedAt, coalesce(plan.finishedAt, datetime())).seconds AS seconds,
  plan.statusMessage AS message
