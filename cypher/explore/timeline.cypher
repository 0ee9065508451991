// The timeline of a plan: every attempt, in the order of their starts.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each attempt; start, finish (seconds since the start of the plan; finish is null while it runs),
// seconds, id, attempt (its number), applier, outcome, message.
MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)-[:ATTEMPTED]->(attempt:Attempt)
WITH
  action, attempt,
  duration.inSeconds(plan.startedAt, attempt.startedAt).milliseconds / 1000.0 AS start,
  duration.inSeconds(plan.startedAt, attempt.finishedAt).milliseconds / 1000.0 AS finish
RETURN
  start, finish, finish - start AS seconds, action.id AS id, attempt.number AS attempt, attempt.applier AS applier,
  attempt.outcome AS outcome, attempt.message AS message
ORDER BY start, action.number
