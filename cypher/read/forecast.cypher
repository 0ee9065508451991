// The input for the forecast of a plan: its actions, without those of paths that were not activated. Ended actions
// count with their actual duration; actions that did not run count with zero. A path depends on the actions that it
// replaces.
// Parameters: plan (uuid), now (null: the database's clock).
// Rows: one for each action, in the order of the plan; uuid, actionType, seconds (null: no estimate), priority, parents
// (uuids), demands: a list of maps with key, units, capacity (null:
// unlimited).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.state <> 'STANDBY'
OPTIONAL MATCH (type:Resource {key: 'action_type/' + action.actionType})
WITH action, type
ORDER BY action.number
RETURN
  action.uuid AS uuid,
  action.actionType AS actionType,
  CASE
    WHEN action.finishedAt IS NULL THEN action.estimatedSeconds
    WHEN action.startedAt IS NULL OR action.state = 'CANCELLED' THEN 0.0
    ELSE (action.finishedAt.epochMillis - action.startedAt.epochMillis) / 1000.0
  END AS seconds,
  action.priority AS priority,
  [(action)-[edge:DEPENDS_ON]->(parent) WHERE edge.replacedBy IS NULL | parent.uuid]
  + [(action)<-[:CONTAINS]-(:AlternativePath)-[:REPLACES]->(replaced) | replaced.uuid] AS parents,
  [(action)-[uses:USES]->(resource) | {key: resource.key, units: uses.units, capacity: resource.capacity}]
  + CASE WHEN type IS NULL THEN [] ELSE [{key: type.key, units: 1, capacity: type.capacity}] END AS demands
