// The resources without enough free units for an action, including the limit of its type, and the resource that it waits
// for because units are kept for another action. Its demands add up.
// Parameters: action (uuid), limit.
// Rows: one for each; kind, id, capacity, free, units: the units that it needs, total: the number of actions that hold
// units, holders: the first of those, maps of planUuid, planName, uuid, id, units; kept: the waiting action that free
// units are kept for, such a map with since (or null).
MATCH (action:Action {uuid: $action})
CALL (action) {
  MATCH (action)-[uses:USES]->(resource:Resource)
  RETURN resource, uses.units AS units
  UNION ALL
  MATCH (resource:Resource {key: 'action_type/' + action.actionType})
  RETURN resource, 1 AS units
}
WITH action, resource, sum(units) AS units
OPTIONAL MATCH (first:Action {uuid: resource.reservedFor})
WHERE first:Ready
WITH action, resource, units, first
WHERE resource.free < units OR first IS NOT NULL AND first <> action AND action.blockedBy = resource.key
CALL (resource, first) {
  OPTIONAL MATCH (plan:ActionPlan {uuid: first.planUuid})
  OPTIONAL MATCH (first)-[uses:USES]->(resource)
  WITH plan, coalesce(sum(uses.units), 0) AS taken
  RETURN CASE WHEN plan IS NULL THEN null ELSE {
    planUuid: plan.uuid, planName: plan.name, uuid: first.uuid, id: first.id, since: resource.reservedSince,
    units: taken +
      CASE WHEN resource.key = 'action_type/' + first.actionType THEN 1 ELSE 0 END
  } END AS kept
}
CALL (resource) {
  MATCH (holder:Action)-[holds:HOLDS]->(resource)
  MATCH (plan:ActionPlan {uuid: holder.planUuid})
  USING INDEX SEEK plan:ActionPlan(uuid)
  WITH holder, holds, plan
  ORDER BY plan.number, holder.number
  RETURN
    count(*) AS total,
    collect({
      planUuid: plan.uuid, planName: plan.name, uuid: holder.uuid, id: holder.id, units: holds.units
    })[..$limit] AS holders
}
RETURN
  resource.kind AS kind, resource.id AS id, resource.capacity AS capacity, resource.free AS free, units, total, holders,
  kept
ORDER BY kind, id
