// The critical path of a plan: what determined its duration. Walks back from the action that ended last: before each step
// comes the action that released what the step waited for, otherwise the parent that ended last. The waits and runs add up.
// While the plan runs, this is the path so far; before its start, the path of the forecast at its creation. REST adds
// the forecast of the rest, back-offs and pauses: GET /v1/action_plans/{id}/critical_path.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each action on it, in order; place, id, actionType, state, waitedSeconds (since the end of the action before), waitedFor
// (a resource, or slot; null: only for the action before), ranSeconds (with the waits between attempts), uuid.
MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.startedAt IS NOT NULL OR plan.startedAt IS NULL AND action.estimatedStartSeconds IS NOT NULL
WITH
  action,
  CASE
    WHEN plan.startedAt IS NULL THEN action.estimatedStartSeconds
    ELSE (action.startedAt.epochMillis - plan.startedAt.epochMillis) / 1000.0
  END AS start,
  CASE
    WHEN plan.startedAt IS NULL THEN action.estimatedStartSeconds + coalesce(action.expectedSeconds, 1.0)
    ELSE (coalesce(action.finishedAt, datetime()).epochMillis - plan.startedAt.epochMillis) / 1000.0
  END AS finish
ORDER BY finish DESC, action.number
WITH collect({
  uuid: action.uuid, id: action.id, actionType: action.actionType, state: action.state, start: start, finish: finish,
  waitedFor: action.waitedFor,
  parents: [(action)-[edge:DEPENDS_ON]->(parent) WHERE edge.replacedBy IS NULL | parent.uuid]
    + [(action)<-[:CONTAINS]-(:AlternativePath)-[:REPLACES]->(replaced) | replaced.uuid],
  resources: [(action)-[:USES]->(resource) WHERE resource.capacity IS NOT NULL | resource.key]
}) AS timed
WITH timed, reduce(path = timed[..1], _ IN timed |
  path + [before IN [step IN path[-1..] |
    [parent IN [head([one IN timed WHERE one.uuid IN step.parents AND one.finish <= step.start])] |
      coalesce(
        head([one IN timed WHERE
          coalesce(parent.finish, 0.0) < one.finish <= step.start AND one.start < one.finish
          AND step.waitedFor IN one.resources]),
        head([one IN timed WHERE
          coalesce(parent.finish, 0.0) < one.finish <= step.start AND one.start < one.finish AND one.finish >= step.start - 0.25
          AND step.waitedFor IS NULL AND any(key IN one.resources WHERE key IN step.resources)]),
        head([one IN timed WHERE
          coalesce(parent.finish, 0.0) < one.finish <= step.start AND one.start < one.finish AND one.finish >= step.start - 0.25
          AND step.waitedFor IS NULL AND step.start - coalesce(parent.finish, 0.0) > 0.1]),
        parent)][0]
  ] WHERE before IS NOT NULL]) AS path
WITH reverse(path) AS path
UNWIND range(0, size(path) - 1) AS place
WITH place, path[place] AS step, CASE WHEN place = 0 THEN {finish: 0.0} ELSE path[place - 1] END AS before
RETURN
  place,
  step.id AS id,
  step.actionType AS actionType,
  step.state AS state,
  step.start - before.finish AS waitedSeconds,
  CASE
    WHEN NOT before.uuid IN step.parents
      THEN coalesce(step.waitedFor, head([key IN before.resources WHERE key IN step.resources]), 'slot')
    WHEN step.start - before.finish > 0.1 THEN coalesce(step.waitedFor, 'slot')
  END AS waitedFor,
  step.finish - step.start AS ranSeconds,
  step.uuid AS uuid
ORDER BY place
