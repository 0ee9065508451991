// The ready actions of any plan that wait for a resource of an action, including the limit of its type.
// Parameters: action (uuid), limit.
// Rows: one; total: the number of waiting actions, waiting: those with the highest priority, maps of planUuid,
// planName, uuid, id, kind, resource (its id), units, held: the units that the given action holds.
MATCH (action:Action {uuid: $action})
CALL (action) {
  MATCH (action)-[:USES]->(resource:Resource)
  RETURN resource
  UNION
  MATCH (resource:Resource {key: 'action_type/' + action.actionType})
  RETURN resource
}
CALL (resource) {
  MATCH (other:Ready {blockedBy: resource.key})
  USING INDEX SEEK other:Ready(blockedBy, priority)
  WHERE other.priority > -1.0
  RETURN other
  UNION
  MATCH (resource)<-[uses:USES]-(other:Ready)
  WHERE
    uses.units + CASE WHEN resource.key = 'action_type/' + other.actionType THEN 1 ELSE 0 END > resource.free
  RETURN other
}
WITH
  action, resource, other,
  reduce(units = CASE WHEN resource.key = 'action_type/' + other.actionType THEN 1 ELSE 0 END,
    more IN [(other)-[uses:USES]->(resource) | uses.units] | units + more) AS units
WHERE other <> action
MATCH (plan:ActionPlan {uuid: other.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
OPTIONAL MATCH (action)-[holds:HOLDS]->(resource)
WITH resource, other, units, plan, coalesce(holds.units, 0) AS held
ORDER BY other.priority DESC, plan.number, other.number
RETURN
  count(*) AS total,
  collect({
    planUuid: plan.uuid, planName: plan.name, uuid: other.uuid, id: other.id,
    kind: resource.kind, resource: resource.id, units: units, held: held
  })[..$limit] AS waiting
