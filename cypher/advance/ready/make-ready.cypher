// Makes marked actions ready that may start: an action that is PENDING, has no open parents, does not wait for a time,
// and whose plan is running. The only statement that makes actions ready. Reverts rank before all other actions of their
// plan. The plan takes its place in the queue. Actions about which a rule decides are marked as undecided instead: those
// with a trigger rule that looks at the ends of their parents, and ended actions that still block their children.
// Parameters: none.
// Rows: one; undecided: the number of actions that were marked as undecided.
MATCH (gate:Gate {name: 'gate'})
WITH gate.now AS now
CALL (now) {
  MATCH (action:Due)
  REMOVE action:Due
  WITH now, action
  WHERE action.unmetParents = 0 AND (action:Pending AND coalesce(action.notBefore <= now, true) OR action.released = false)
  WITH now, action.planUuid AS planUuid, collect(action) AS actions
  MATCH (plan:ActionPlan {uuid: planUuid})
  USING INDEX SEEK plan:ActionPlan(uuid)
  WITH now, plan, actions, plan.state = 'ONGOING' AND NOT plan.paused AS runs
  WITH
    now, plan, actions, runs,
    [action IN actions WHERE action.released = false OR runs AND action.decides AND NOT action:Decided] AS undecided,
    [action IN actions WHERE runs AND action.released IS NULL AND (action.decides IS NULL OR action:Decided)] AS starting
  FOREACH (action IN CASE WHEN runs THEN [] ELSE actions END | REMOVE action:Decided)
  FOREACH (action IN undecided | SET action:Undecided)
  FOREACH (action IN starting |
    REMOVE action:Pending:Decided
    SET
      action:Ready,
      action.rank = action.priority + CASE WHEN action.reverts IS NULL THEN 0.0 ELSE 1.0e9 END,
      action.readyAt = now
  )
  FOREACH (queued IN CASE WHEN size(starting) > 0 THEN [plan] ELSE [] END |
    SET
      queued.queueLongest = reduce(
        longest = coalesce(queued.queueLongest, -1.0), action IN starting |
        CASE WHEN action.rank > longest THEN action.rank ELSE longest END
      )
    SET
      queued.queueIdle = -queued.ongoing,
      queued.queueClass = coalesce(queued.priority, 0) + CASE WHEN queued.queueLongest >= 1.0e9 - 1.0 THEN 0.5 ELSE 0.0 END
  )
  RETURN sum(size(undecided)) AS undecided
}
RETURN undecided
