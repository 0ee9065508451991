// The ready actions that wait for no resource, the most urgent first, with what they take and what there is of it.
// Parameters: limit.
// Rows: one for each action; action, plan, path (uuids; path may be null), id, attempt, demands: a list of maps with kind, id,
// units, free.
MATCH (action:Ready)
WHERE action.rank > -1.0
WITH action
ORDER BY action.rank DESC
LIMIT $limit
WITH action.actionType AS actionType, collect(action) AS actions
OPTIONAL MATCH (type:Resource {key: 'action_type/' + actionType})
UNWIND actions AS action
WITH
  action,
  [(action)-[uses:USES]->(resource) |
    {kind: resource.kind, id: resource.id, units: uses.units, free: resource.free}] +
  CASE
    WHEN type IS NULL THEN []
    ELSE [{kind: type.kind, id: type.id, units: 1, free: type.free}]
  END AS demands
ORDER BY action.rank DESC
RETURN
  action.uuid AS action, action.planUuid AS plan, action.pathUuid AS path, action.id AS id, action.attempt AS attempt, demands
