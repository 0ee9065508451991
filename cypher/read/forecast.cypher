// The actions of a plan with what determines their times, without those of paths that were not activated. A path depends
// on the actions that it replaces.
// Parameters: plan (uuid), open: whether only actions that have not ended are wanted.
// Rows: one for each action, in the order of the plan; uuid, id, actionType, state, revert: whether it undoes another one,
// durationKey, estimated: seconds (null: no estimate), priority, started, finished, due: milliseconds since 1970 (or
// null), attempts: a list of pairs of the start and the end of an attempt in milliseconds, empty if there is only
// one, left: the number of attempts that it may still fail, backoff: the seconds before the next attempt,
// waitedFor: the key of the resource that it waits or waited for (or null), parents (uuids), demands: a list of maps with
// key, units, capacity (null: unlimited).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.state <> 'STANDBY' AND (NOT $open OR action.state IN ['PENDING', 'ONGOING'])
OPTIONAL MATCH (type:Resource {key: 'action_type/' + action.actionType})
WITH
  action, type,
  coalesce(action.initialBackoffSeconds, 0.0) * coalesce(action.backoffMultiplier, 1.0) ^ action.failures AS backoff
ORDER BY action.number
RETURN
  action.uuid AS uuid,
  action.id AS id,
  action.actionType AS actionType,
  action.state AS state,
  action.reverts IS NOT NULL AS revert,
  coalesce(action.durationKey, '') AS durationKey,
  action.estimatedSeconds AS estimated,
  action.priority AS priority,
  action.startedAt.epochMillis AS started,
  action.finishedAt.epochMillis AS finished,
  action.notBefore.epochMillis AS due,
  CASE
    WHEN action.startedAt IS NOT NULL AND action.attempt > 1 THEN
      [(action)-[:ATTEMPTED]->(attempt) | [attempt.startedAt.epochMillis, attempt.finishedAt.epochMillis]]
    ELSE []
  END AS attempts,
  coalesce(action.maxAttempts, 1) - action.failures AS left,
  CASE WHEN backoff > action.maxBackoffSeconds THEN action.maxBackoffSeconds ELSE backoff END AS backoff,
  action.waitedFor AS waitedFor,
  [(action)-[edge:DEPENDS_ON]->(parent) WHERE edge.replacedBy IS NULL | parent.uuid]
  + [(action)<-[:CONTAINS]-(:AlternativePath)-[:REPLACES]->(replaced) | replaced.uuid] AS parents,
  [(action)-[uses:USES]->(resource) | {key: resource.key, units: uses.units, capacity: resource.capacity}]
  + CASE WHEN type IS NULL THEN [] ELSE [{key: type.key, units: 1, capacity: type.capacity}] END AS demands
