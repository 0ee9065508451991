// Makes ready what may start, among what was marked: an action that is PENDING, waits neither for a parent nor for its time, and
// whose plan is running. The only statement that does.
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
  SET action:Ready, action.rank = action.priority, action.readyAt = now
}
