// The resources without enough free units for an action, including the limit of its type. Its demands add up.
// Parameters: action (uuid), limit.
// Rows: one for each; kind, id, capacity, free, units: the units that it needs, total: the number of actions that hold
// units, holders: the first of those, maps of planUuid, planName, uuid, id, units.
MATCH (action:Action {uuid: $action})
CALL (action) {
  MATCH (action)-[uses:USES]->(resource:Resource)
  RETURN resource, uses.units AS units
  UNION ALL
  MATCH (resource:Resource {key: 'action_type/' + action.actionType})
  RETURN resource, 1 AS units
}
WITH resource, sum(units) AS units
WHERE resource.free < units
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
  resource.kind AS kind, resource.id AS id, resource.capacity AS capacity, resource.free AS free, units, total, holders
ORDER BY kind, id
