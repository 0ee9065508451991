// The unfinished plans that use the same resources or the same resource_id as another plan. Reads only actions that
// have not ended.
// Parameters: plan (uuid).
// Rows: one for each plan and resource, the oldest plan first; uuid, name, state, kind, id (of the resource), capacity,
// free (null: the resource is unlimited or not stored), ownActions, ownUnits (total), actions, units (total of the other plan), held
// (the units that it holds now).
MATCH (asked:ActionPlan {uuid: $plan})
CALL (asked) {
  MATCH (asked)-[:CONTAINS]->(own:Action)-[uses:USES]->(resource:Resource)
  WHERE own.state IN ['PENDING', 'ONGOING', 'STANDBY'] AND resource.planUuid IS NULL
  WITH asked, resource, count(*) AS ownActions, sum(uses.units) AS ownUnits
  MATCH (resource)<-[uses:USES]-(other:Action)
  WHERE other.state IN ['PENDING', 'ONGOING', 'STANDBY'] AND other.planUuid <> asked.uuid
  OPTIONAL MATCH (other)-[holds:HOLDS]->(resource)
  RETURN
    resource.kind AS kind, resource.id AS id, resource.capacity AS capacity, resource.free AS free,
    ownActions, ownUnits, other.planUuid AS planUuid,
    count(*) AS actions, sum(uses.units) AS units, sum(coalesce(holds.units, 0)) AS held
  UNION ALL
  MATCH (asked)-[:CONTAINS]->(own:Action)
  WHERE own.resourceId IS NOT NULL AND own.state IN ['PENDING', 'ONGOING', 'STANDBY']
  WITH asked, own.resourceId AS resourceId, count(*) AS ownActions
  MATCH (other:Action {resourceId: resourceId})
  USING INDEX SEEK other:Action(resourceId)
  WHERE other.state IN ['PENDING', 'ONGOING', 'STANDBY'] AND other.planUuid <> asked.uuid
  RETURN
    'resource_id' AS kind, resourceId AS id, null AS capacity, null AS free,
    ownActions, null AS ownUnits, other.planUuid AS planUuid, count(*) AS actions, null AS units, null AS held
}
MATCH (plan:ActionPlan {uuid: planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']
WITH plan, kind, id, capacity, free, ownActions, ownUnits, actions, units, held
ORDER BY plan.number, kind, id
RETURN
  plan.uuid AS uuid, plan.name AS name, plan.state AS state, kind, id, capacity, free, ownActions, ownUnits, actions, units,
  held
