// Fails the actions whose deadlines have passed while they wait for another attempt: for its time, a resource, a slot,
// its parents or the end of a pause. The earliest deadlines come first.
// Parameters: now, limit: the maximum number of actions.
// Rows: one for each action; action: its properties, planName, onFailure: the policy of its plan, message: why it failed.
MATCH (action:Action)
USING INDEX SEEK action:Action(deadlineAt)
WHERE action.deadlineAt <= $now AND action.state = 'PENDING'
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE
  plan.state = 'ONGOING' AND plan.expiredAt IS NULL
  AND (plan.stopping IS NULL OR action.reverts IS NOT NULL AND action.pathUuid IS NULL)
WITH action, plan
ORDER BY action.deadlineAt
LIMIT $limit
OPTIONAL MATCH (resource:Resource {key: action.blockedBy})
USING INDEX SEEK resource:Resource(key)
WITH
  action, plan,
  CASE WHEN action.statusMessage IS NULL THEN '' ELSE action.statusMessage + '; ' END
    + 'its deadline passed while it waited for '
    + CASE
      WHEN plan.paused THEN 'its paused plan'
      WHEN action.unmetParents > 0 THEN 'its parents'
      WHEN resource IS NOT NULL THEN resource.kind + '/' + resource.id
      WHEN action.notBefore > $now THEN 'its next attempt'
      ELSE 'a slot'
    END AS message
REMOVE action:Pending:Ready
SET
  action:Failed,
  action.state = 'FAILED',
  action.statusMessage =
    'Action failed in ' + CASE WHEN action.reverts IS NULL THEN 'execute' ELSE 'revert' END + ': ' + message,
  action.finishedAt = $now,
  action.updatedAt = $now
REMOVE
  action.notBefore, action.deadlineAt, action.interrupted, action.rank, action.blockedBy, action.blockedRank,
  action.blockedUnits
RETURN properties(action) AS action, plan.name AS planName, plan.onFailure AS onFailure, message
