// The unfinished plans with an unfinished action that takes more units of a resource than its capacity, so that it can
// never start; of a given plan also failed and cancelled actions, which run again in a retry. All demands of an action on one resource add up; an action takes one unit of the limit of its type.
// Parameters: plan (uuid, null: all unfinished plans).
// Rows: one for each plan and resource, the oldest plan first; plan (uuid), name, key, kind, id (of the resource),
// capacity, units, action (the id of an action that takes the most units).
CALL () {
  MATCH (plan:ActionPlan {uuid: $plan})
  RETURN plan
  UNION ALL
  MATCH (plan:ActionPlan)
  WHERE $plan IS NULL AND plan.state IN ['RECOMMENDED', 'PENDING', 'ONGOING']
  RETURN plan
}
WITH plan
WHERE EXISTS {
  MATCH (resource:Resource)
  WHERE resource.capacity < coalesce(plan.mostUnits, 2147483647)
}
MATCH (plan)-[:CONTAINS]->(action:Action)
WHERE
  action.state IN ['PENDING', 'ONGOING', 'STANDBY']
  OR $plan IS NOT NULL AND action.state IN ['FAILED', 'CANCELLED']
CALL (action) {
  MATCH (action)-[uses:USES]->(resource:Resource)
  RETURN resource, uses.units AS units
  UNION ALL
  MATCH (resource:Resource {key: 'action_type/' + action.actionType})
  RETURN resource, 1 AS units
}
WITH plan, action, resource, sum(units) AS units
WHERE units > resource.capacity
WITH plan, action, resource, units
ORDER BY units DESC, action.number
WITH plan, resource, collect({action: action.id, units: units})[0] AS most
ORDER BY plan.number, resource.key
RETURN
  plan.uuid AS plan, plan.name AS name, resource.key AS key, resource.kind AS kind, resource.id AS id,
  resource.capacity AS capacity, most.units AS units, most.action AS action
