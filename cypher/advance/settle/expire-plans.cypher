// Ends the plans whose deadlines have passed, as a failure: nothing of them starts any more, and their running actions
// are asked to abort. A roll-back ends, too.
// Parameters: now, limit: the maximum number of plans.
// Rows: one for each plan; plan (uuid), message: the status message of its cancelled and aborted actions, aborting: the
// actions that are asked to abort: a list of maps with plan, action, path (uuids), id, attempt.
MATCH (plan:ActionPlan)
USING INDEX SEEK plan:ActionPlan(deadlineAt)
WHERE plan.deadlineAt <= $now AND plan.state = 'ONGOING'
WITH plan
ORDER BY plan.deadlineAt
LIMIT $limit
WITH plan, "deadline of " + toString(duration({seconds: plan.deadlineSeconds})) AS deadline
SET
  plan.stopping = true,
  plan.expiredAt = $now,
  plan.paused = false,
  plan.rollBack = CASE WHEN plan.rollBack IS NULL THEN null ELSE 'CANCELLED' END,
  plan.failure = CASE
    WHEN plan.failure IS NULL THEN "The plan's " + deadline + ' has passed.'
    ELSE plan.failure + CASE WHEN plan.failure ENDS WITH '.' THEN '' ELSE '.' END + " Then the plan's " + deadline + ' passed.'
  END
SET plan.statusMessage = plan.failure
REMOVE plan.deadlineAt, plan.awaitsDecision
WITH plan, "Cancelled: the plan's " + deadline + ' has passed.' AS message
CALL (plan, message) {
  MATCH (applier:Applier {state: 'ACTIVE'})-[:RUNS]->(action:Ongoing)
  WHERE action.planUuid = plan.uuid
  SET action.abort = message, applier.aborts = true
  RETURN
    collect({
      plan: action.planUuid, action: action.uuid, path: action.pathUuid, id: action.id, attempt: action.attempt
    }) AS aborting
}
RETURN plan.uuid AS plan, message, aborting
