// Makes ready what waits for nothing of the next actions of a plan that was taken up or resumed; of several plans, that of which
// the fewest have been looked at. Nobody waits long for a plan in which thousands wait for nothing: the rest comes later.
// Parameters: now, portion: how many actions are looked at.
// Rows: one; looked: at how many; none if there is no such plan.
MATCH (plan:ActionPlan)
USING INDEX SEEK plan:ActionPlan(opensFrom)
WHERE plan.opensFrom >= 0
WITH plan
ORDER BY plan.opensFrom
LIMIT 1
WITH plan, plan.opensFrom AS first, plan.opensFrom + $portion AS next
SET plan.opensFrom = CASE WHEN plan.state = 'ONGOING' AND next < plan.actionsTotal THEN next END
WITH plan.uuid AS uuid, plan.state AS state, plan.actionsTotal AS total, first, next
CALL (uuid, state, first, next) {
  MATCH (action:Action {planUuid: uuid})
  USING INDEX SEEK action:Action(planUuid, number)
  WHERE
    state = 'ONGOING'
    AND first <= action.number < next
    AND action:Pending
    AND action.unmetParents = 0
    AND action.notBefore IS NULL
  REMOVE action:Pending
  SET action:Ready, action.rank = action.priority, action.readyAt = $now
}
RETURN CASE WHEN next < total THEN $portion ELSE total - first END AS looked
