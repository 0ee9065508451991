// Closes a change of plans: counts their actions anew, ends the plans of which nothing is left to do, and keeps what
// was changed under the plan's next revision number.
// Parameters: now; changes: a list of maps with plan (uuid), pending, ongoing, succeeded, failed, skipped, cancelled
// (by how much the number of actions in that state changed), failure (a message, or null), actions (JSON).
// Rows: one for each plan; plan (uuid), state.
UNWIND $changes AS change
MATCH (plan:ActionPlan {uuid: change.plan})
SET
  plan.pending = plan.pending + change.pending,
  plan.ongoing = plan.ongoing + change.ongoing,
  plan.succeeded = plan.succeeded + change.succeeded,
  plan.failed = plan.failed + change.failed,
  plan.skipped = plan.skipped + change.skipped,
  plan.cancelled = plan.cancelled + change.cancelled,
  plan.failure = coalesce(plan.failure, change.failure),
  plan.revision = plan.revision + 1,
  plan.updatedAt = $now
WITH plan, change, plan.state = 'ONGOING' AND plan.pending + plan.ongoing = 0 AS done
SET
  plan.finishedAt = CASE WHEN done THEN $now ELSE plan.finishedAt END,
  plan.state = CASE WHEN NOT done THEN plan.state WHEN plan.failed > 0 THEN 'FAILED' ELSE 'SUCCEEDED' END,
  plan.statusMessage = CASE
    WHEN NOT done THEN plan.statusMessage
    WHEN plan.failed > 0 THEN plan.failure
    WHEN plan.skipped > 0 THEN 'One or more actions were skipped.'
  END
CREATE (:Revision {
  planUuid: plan.uuid, number: plan.revision, at: $now,
  state: plan.state, paused: plan.paused, statusMessage: plan.statusMessage,
  pending: plan.pending, ongoing: plan.ongoing, succeeded: plan.succeeded, failed: plan.failed,
  skipped: plan.skipped, cancelled: plan.cancelled, standby: plan.standby,
  actions: change.actions
})
RETURN plan.uuid AS plan, plan.state AS state
