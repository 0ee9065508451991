// Closes a change of plans: counts their actions anew, ends the plans of which nothing is left to do, and keeps what
// was changed under the plan's next revision number.
// Parameters: now; changes: a list of maps with plan (uuid), pending, ongoing, succeeded, failed, skipped, cancelled, standby
// (by how much the number of actions in that state changed), failure (a message, or null), actions (JSON).
// Rows: one for each plan; plan (uuid), state.
MATCH (gate:Gate {name: 'gate'})
UNWIND $changes AS change
MATCH (plan:ActionPlan {uuid: change.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
SET
  plan.pending = plan.pending + change.pending,
  plan.ongoing = plan.ongoing + change.ongoing,
  plan.succeeded = plan.succeeded + change.succeeded,
  plan.failed = plan.failed + change.failed,
  plan.skipped = plan.skipped + change.skipped,
  plan.cancelled = plan.cancelled + change.cancelled,
  plan.standby = plan.standby + change.standby,
  plan.failure = coalesce(plan.failure, change.failure),
  plan.revision = plan.revision + 1,
  plan.updatedAt = $now
SET plan.actionsTotal =
  plan.pending + plan.ongoing + plan.succeeded + plan.failed + plan.skipped + plan.cancelled + plan.standby
WITH
  gate, plan, change,
  plan.state IN ['ONGOING', 'CANCELLING'] AND plan.pending + plan.ongoing = 0
  AND coalesce(plan.rollBack <> 'AWAITING', true) AS done
CALL (plan, done) {
  WITH plan, done
  WHERE done AND plan.rollBack IS NOT NULL
  MATCH (plan)-[:CONTAINS]->(undone:Action:Succeeded)
  WHERE undone.reverts IS NULL
  OPTIONAL MATCH (undone)<-[:REVERTS]-(revert:Action)
  WITH undone, revert
  ORDER BY undone.number, revert.number
  WITH undone, collect(revert)[-1] AS revert
  WITH
    undone,
    "'" + undone.id + "'" + CASE
      WHEN revert:Failed OR revert:Skipped THEN ' (' + coalesce(revert.statusMessage, revert.state) + ')'
      ELSE ''
    END AS text
  ORDER BY undone.number
  RETURN count(undone) AS succeeded, collect(CASE WHEN undone.reverted IS NULL THEN text END) AS left
}
CALL (plan, done) {
  WITH plan, done
  WHERE done AND plan.activations > 0
  MATCH (path:AlternativePath {planUuid: plan.uuid, state: 'SUCCEEDED'})-[:ACTIVATED_BY]->(failed)
  WHERE path.replacedBy IS NULL
  WITH path, failed
  ORDER BY path.activation
  RETURN collect("alternative path '" + path.name + "' took the place of '" + failed.id + "', which failed") AS taken
}
SET
  plan.finishedAt = CASE WHEN done THEN $now ELSE plan.finishedAt END,
  plan.paused = plan.paused AND NOT done,
  plan.statusMessage = CASE
    WHEN NOT done THEN plan.statusMessage
    WHEN plan.rollBack IS NOT NULL THEN
      plan.failure + CASE WHEN plan.failure ENDS WITH '.' THEN '' ELSE '.' END
      + CASE WHEN plan.state = 'CANCELLING' THEN ' The roll-back was cancelled.' ELSE '' END
      + CASE
          WHEN succeeded = 0 THEN ''
          WHEN size(left) = 0 THEN ' What had succeeded was reverted.'
          ELSE
            ' Not reverted: ' + reduce(text = left[0], one IN left[1..100] | text + ', ' + one)
            + CASE WHEN size(left) > 100 THEN ' and ' + toString(size(left) - 100) + ' more' ELSE '' END + '.'
        END
    WHEN plan.state = 'CANCELLING' THEN 'Cancelled by user.'
    WHEN plan.failure IS NOT NULL THEN plan.failure
    WHEN size(taken) > 0 THEN
      'A' + substring(reduce(text = taken[0], one IN taken[1..100] | text + '; ' + one), 1)
      + CASE WHEN size(taken) > 100 THEN ' and ' + toString(size(taken) - 100) + ' more' ELSE '' END + '.'
      + CASE WHEN plan.skipped > 0 THEN ' One or more actions were skipped.' ELSE '' END
    WHEN plan.skipped > 0 THEN 'One or more actions were skipped.'
  END,
  plan.state = CASE
    WHEN NOT done THEN plan.state
    WHEN plan.rollBack IS NOT NULL THEN 'FAILED'
    WHEN plan.state = 'CANCELLING' THEN 'CANCELLED'
    WHEN plan.failure IS NOT NULL THEN 'FAILED'
    ELSE 'SUCCEEDED'
  END
CREATE (:Revision {
  planUuid: plan.uuid, number: plan.revision, turn: gate.turn, at: $now,
  state: plan.state, paused: plan.paused, statusMessage: plan.statusMessage,
  pending: plan.pending, ongoing: plan.ongoing, succeeded: plan.succeeded, failed: plan.failed,
  skipped: plan.skipped, cancelled: plan.cancelled, standby: plan.standby,
  actions: change.actions
})
RETURN plan.uuid AS plan, plan.state AS state
