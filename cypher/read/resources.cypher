// A page of the resources with the actions that hold them or wait for them, by key.
// Parameters: kind, id (each null: any), marker: the key of the last resource of the page before (null: from the
// start), limit: the number of resources, most: the number of holders and of waiters of each.
// Rows: one for each resource; resource: its properties; holders, waiters: lists of maps with action, plan (uuids),
// units, since.
MATCH (resource:Resource)
WHERE
  resource.key > coalesce($marker, '')
  AND coalesce(resource.kind = $kind, $kind IS NULL)
  AND coalesce(resource.id = $id, $id IS NULL)
WITH resource
ORDER BY resource.key
LIMIT $limit
CALL (resource) {
  MATCH (action:Action)-[holds:HOLDS]->(resource)
  WITH action, sum(holds.units) AS units
  OPTIONAL MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: action.attempt})
  WITH action, units, attempt.startedAt AS since
  ORDER BY since, action.uuid
  LIMIT $most
  RETURN collect({action: action.uuid, plan: action.planUuid, units: units, since: since}) AS holders
}
CALL (resource) {
  MATCH (action:Ready {blockedBy: resource.key})
  USING INDEX SEEK action:Ready(blockedBy, priority)
  WHERE action.priority > -1.0
  WITH action
  ORDER BY action.priority DESC
  LIMIT $most
  RETURN
    collect({
      action: action.uuid, plan: action.planUuid, since: action.readyAt,
      units: reduce(units = CASE WHEN resource.key = 'action_type/' + action.actionType THEN 1 ELSE 0 END,
        more IN [(action)-[uses:USES]->(resource) | uses.units] | units + more)
    }) AS waiters
}
RETURN properties(resource) AS resource, holders, waiters
ORDER BY resource.key
