// Makes marked actions ready that may start: an action that is PENDING, has no open parents, does not wait for a time,
// and whose plan is running. The only statement that makes actions ready. Reverts rank before all other actions of their
// plan. The plan takes its place in the queue.
// Parameters: none.
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
WITH gate.now AS now
CALL (now) {
  MATCH (action:Due)
  REMOVE action:Due
  WITH now, action
  WHERE action:Pending AND action.unmetParents = 0 AND coalesce(action.notBefore <= now, true)
  WITH now, action.planUuid AS planUuid, collect(action) AS actions
  MATCH (plan:ActionPlan {uuid: planUuid})
  USING INDEX SEEK plan:ActionPlan(uuid)
  WHERE plan.state = 'ONGOING' AND NOT plan.paused
  UNWIND actions AS action
  REMOVE action:Pending
  SET
    action:Ready,
    action.rank = action.priority + CASE WHEN action.reverts IS NULL THEN 0.0 ELSE 1.0e9 END,
    action.readyAt = now
  WITH plan, max(action.rank) AS longest
  SET plan.queueLongest = CASE WHEN plan.queueLongest > longest THEN plan.queueLongest ELSE longest END
  SET
    plan.queueIdle = -plan.ongoing,
    plan.queueClass = coalesce(plan.priority, 0) + CASE WHEN plan.queueLongest >= 1.0e9 - 1.0 THEN 0.5 ELSE 0.0 END
}
