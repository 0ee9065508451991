// The ready actions that are not blocked by a resource and whose plans may start them, highest priority first, with
// their demands and the free units. The index alone excludes ready actions of plans that are being paused, cancelled or
// stopped.
// Parameters: limit.
// Rows: one for each action; action: its properties, planName, onFailure: the policy of its plan, demands: a list of
// maps with key, units, free (null: unlimited); those for the same resource add up.
CALL () {
  MATCH (plan:ActionPlan)
  USING INDEX SEEK plan:ActionPlan(changesFrom)
  WHERE plan.changesFrom >= 0 AND plan.change IN ['PAUSING', 'CANCELLING']
  RETURN collect(plan.uuid) AS held
}
MATCH (action:Ready)
WHERE action.rank > -1.0 AND NOT action.planUuid IN held AND action.planUuid IS NOT NULL
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE
  plan.state = 'ONGOING'
  AND NOT plan.paused
  AND (plan.stopping IS NULL OR action.reverts IS NOT NULL AND action.pathUuid IS NULL)
WITH action, plan
ORDER BY action.rank DESC
LIMIT $limit
WITH action.actionType AS actionType, collect({action: action, stored: properties(action), plan: plan}) AS actions
OPTIONAL MATCH (type:Resource {key: 'action_type/' + actionType})
UNWIND actions AS one
WITH one.action AS action, one.stored AS stored, one.plan AS plan, type
WITH
  stored, plan,
  [(action)-[uses:USES]->(resource) |
    {key: resource.key, units: uses.units, free: resource.free}] +
  CASE
    WHEN type IS NULL THEN []
    ELSE [{key: type.key, units: 1, free: type.free}]
  END AS demands
ORDER BY stored.rank DESC
RETURN stored AS action, plan.name AS planName, plan.onFailure AS onFailure, demands
