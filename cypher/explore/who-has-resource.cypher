// The actions that hold a resource, and those that wait for it, in the order in which they will get it.
// Parameters: resource: its key, which consists of its kind, a slash and its id.
//   :param resource => 'compute_host/compute-1'
// Rows: one for each action; role (holds or waits), plan (name), id, units, since, priority (seconds from its start to
// the end of its plan; highest first), free (the number of free units, null: the resource is
// unlimited).
MATCH (resource:Resource {key: $resource})
CALL (resource) {
  MATCH (action:Action)-[holds:HOLDS]->(resource)
  RETURN 'holds' AS role, action, holds.units AS units, action.updatedAt AS since
  UNION ALL
  MATCH (action:Ready {blockedBy: resource.key})
  USING INDEX SEEK action:Ready(blockedBy, priority)
  WHERE action.priority > -1.0
  RETURN
    'waits' AS role, action,
    reduce(units = CASE WHEN resource.key = 'action_type/' + action.actionType THEN 1 ELSE 0 END,
      more IN [(action)-[uses:USES]->(resource) | uses.units] | units + more) AS units,
    action.readyAt AS since
}
MATCH (plan:ActionPlan {uuid: action.planUuid})
RETURN
  role, plan.name AS plan, action.id AS id, units, since, action.priority AS priority,
  resource.capacity - resource.used AS free
ORDER BY role, priority DESC
