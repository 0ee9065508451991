// Takes ready actions that a resource has no units for out of the queue; they wait for the resource.
// Parameters: blocked: a list of maps with action (uuid), key: the resource's key, units: the units that it needs.
// Rows: none.
UNWIND $blocked AS row
MATCH (action:Action {uuid: row.action})
USING INDEX SEEK action:Action(uuid)
MATCH (resource:Resource {key: row.key})
USING INDEX SEEK resource:Resource(key)
SET
  action.blockedRank = coalesce(action.rank, action.blockedRank),
  action.blockedBy = row.key,
  action.waitedFor = row.key,
  action.blockedUnits = row.units,
  resource:Contended
REMOVE action.rank
WITH resource, action.planUuid AS planUuid, max(action.blockedRank) AS longest
MATCH (plan:ActionPlan {uuid: planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
MERGE (plan)-[waits:WAITS_FOR]->(resource)
SET waits.longest = CASE WHEN waits.longest > longest THEN waits.longest ELSE longest END
