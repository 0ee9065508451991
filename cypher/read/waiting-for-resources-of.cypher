// The ready actions, of whatever plan, that wait for a resource which an action takes, its type's limit among them.
// Parameters: action (uuid), limit.
// Rows: one; total: how many, waiting: the most urgent of them, maps of planUuid, planName, uuid, id, kind, resource (its
// id), units, held: how many of them the action holds.
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
  OPTIONAL MATCH (other)-[uses:USES]->(resource)
  RETURN other, coalesce(uses.units, 1) AS units
  UNION
  MATCH (resource)<-[uses:USES]-(other:Ready)
  WHERE uses.units > resource.free
  RETURN other, uses.units AS units
}
WITH action, resource, other, units
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
