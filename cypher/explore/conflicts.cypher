// The unfinished plans that use the same resources as a plan. Reads only actions that have not ended. Two plans with
// actions on the same resource_id conflict, too. REST: GET /v1/action_plans/{id}/conflicts.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each plan and resource, the oldest plan first; plan (name), state, resource (its key, or the
// resource_id), capacity, free (null: the resource is unlimited or not stored), ownActions (the number of actions of the given plan
// that use it), actions (the number of actions of the other plan), units (the total of these), uuid (of the other
// plan).
MATCH (asked:ActionPlan {uuid: $plan})
CALL (asked) {
  MATCH (asked)-[:CONTAINS]->(own:Action)-[:USES]->(resource:Resource)
  WHERE own.state IN ['PENDING', 'ONGOING', 'STANDBY'] AND resource.planUuid IS NULL
  WITH asked, resource, count(*) AS ownActions
  MATCH (resource)<-[uses:USES]-(other:Action)
  WHERE other.state IN ['PENDING', 'ONGOING', 'STANDBY'] AND other.planUuid <> asked.uuid
  RETURN
    resource.key AS name, resource.capacity AS capacity, resource.free AS free, ownActions,
    other.planUuid AS planUuid, count(*) AS actions, sum(uses.units) AS units
  UNION ALL
  MATCH (asked)-[:CONTAINS]->(own:Action)
  WHERE own.resourceId IS NOT NULL AND own.state IN ['PENDING', 'ONGOING', 'STANDBY']
  WITH asked, own.resourceId AS resourceId, count(*) AS ownActions
  MATCH (other:Action {resourceId: resourceId})
  USING INDEX SEEK other:Action(resourceId)
  WHERE other.state IN ['PENDING', 'ONGOING', 'STANDBY'] AND other.planUuid <> asked.uuid
  RETURN
    resourceId AS name, null AS capacity, null AS free, ownActions, other.planUuid AS planUuid,
    count(*) AS actions, null AS units
}
MATCH (plan:ActionPlan {uuid: planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']
WITH plan, name, capacity, free, ownActions, actions, units
ORDER BY plan.number, name
RETURN
  plan.name AS plan, plan.state AS state, name AS resource, capacity, free, ownActions, actions, units, plan.uuid AS uuid
