// Waiting actions that can use units of reserved resources and by their estimates end before the reservations can start.
// Parameters: gaps: a list of maps with key, units: the free units, seconds: until the reservation can start; limit: the
// maximum for each resource.
// Rows: one for each action, with the same columns as the waiting actions of a resource.
UNWIND $gaps AS gap
CALL (gap) {
  MATCH (action:Ready {blockedBy: gap.key})
  USING INDEX SEEK action:Ready(blockedBy, blockedUnits, expectedSeconds)
  WHERE action.blockedUnits <= gap.units AND action.expectedSeconds <= gap.seconds
  WITH action
  ORDER BY action.blockedRank DESC
  LIMIT $limit
  RETURN action
}
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE
  plan.state = 'ONGOING'
  AND NOT plan.paused
  AND NOT coalesce(plan.change, '') IN ['PAUSING', 'CANCELLING']
  AND (plan.stopping IS NULL OR action.reverts IS NOT NULL AND action.pathUuid IS NULL)
OPTIONAL MATCH (type:Resource {key: 'action_type/' + action.actionType})
RETURN
  plan.uuid AS plan, plan.name AS planName, plan.onFailure AS onFailure, coalesce(plan.priority, 0) AS priority,
  plan.ongoing AS running, properties(action) AS action,
  [(action)-[uses:USES]->(resource) |
    {key: resource.key, units: uses.units, free: resource.free, capacity: resource.capacity}] +
  CASE
    WHEN type IS NULL THEN []
    ELSE [{key: type.key, units: 1, free: type.free, capacity: type.capacity}]
  END AS demands
