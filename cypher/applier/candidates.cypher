// The ready actions that wait for no resource, the most urgent first, with what they take and what there is of it.
// Parameters: limit.
// Rows: one for each action; action: its properties, onFailure: its plan's policy, demands: a list of maps with kind, id, units,
// free.
MATCH (action:Ready)
WHERE action.rank > -1.0
WITH action
ORDER BY action.rank DESC
LIMIT $limit
WITH action, properties(action) AS stored
WITH stored.planUuid AS planUuid, stored.actionType AS actionType, collect({action: action, stored: stored}) AS actions
MATCH (plan:ActionPlan {uuid: planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
OPTIONAL MATCH (type:Resource {key: 'action_type/' + actionType})
UNWIND actions AS one
WITH one.action AS action, one.stored AS stored, plan.onFailure AS onFailure, type
WITH
  stored, onFailure,
  [(action)-[uses:USES]->(resource) |
    {kind: resource.kind, id: resource.id, units: uses.units, free: resource.free}] +
  CASE
    WHEN type IS NULL THEN []
    ELSE [{kind: type.kind, id: type.id, units: 1, free: type.free}]
  END AS demands
ORDER BY stored.rank DESC
RETURN stored AS action, onFailure, demands
