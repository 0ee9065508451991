// Requeues actions that are blocked by a resource, highest priority first: as many as the resource has free units (null: it is unlimited).
// Parameters: limit: the maximum for each resource; examined: the uuids of actions that were found not to fit in this
// advance.
// Rows: one; unparked: the number of requeued actions.
MATCH (resource:Contended)
WHERE resource.free > 0 OR resource.free IS NULL
CALL (resource) {
  MATCH (action:Ready {blockedBy: resource.key})
  WHERE action.priority > -1.0 AND NOT action.uuid IN $examined
  WITH action
  ORDER BY action.blockedBy DESC, action.priority DESC
  LIMIT $limit
  RETURN collect(action) AS waiting
}
WITH resource, waiting[..coalesce(resource.free, $limit)] AS woken
FOREACH (action IN woken |
  SET action.rank = action.priority
  REMOVE action.blockedBy
)
WITH
  resource, size(woken) AS unparked,
  EXISTS {
    MATCH (other:Ready {blockedBy: resource.key})
    WHERE other.priority > -1.0
  } AS contended
FOREACH (idle IN CASE WHEN contended THEN [] ELSE [resource] END | REMOVE idle:Contended)
RETURN sum(unparked) AS unparked
