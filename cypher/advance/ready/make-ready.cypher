// Makes marked actions ready that may start: an action that is PENDING, has no open parents, does not wait for a time,
// and whose plan is running. The only statement that makes actions ready.
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
