// The slowest action types, by their succeeded attempts in the latest plans.
// Parameters: plans: the number of latest plans to read.
//   :param plans => 100
// Rows: one for each action type, the slowest first; actionType, attempts, averageSeconds, medianSeconds,
// longestSeconds, estimatedSeconds (the average of the estimates; null if there is none), estimated (how many of the
// attempts have an estimate), longest (the id of the slowest action).
MATCH (plan:ActionPlan)
WHERE plan.number > 0
WITH plan
ORDER BY plan.number DESC
LIMIT $plans
MATCH (plan)-[:CONTAINS]->(action:Action)-[:ATTEMPTED]->(attempt:Attempt {outcome: 'SUCCEEDED'})
WITH action, duration.inSeconds(attempt.startedAt, attempt.finishedAt).milliseconds / 1000.0 AS seconds
ORDER BY seconds DESC
RETURN
  action.actionType AS actionType,
  count(*) AS attempts,
  avg(seconds) AS averageSeconds,
  percentileCont(seconds, 0.5) AS medianSeconds,
  max(seconds) AS longestSeconds,
  avg(action.estimatedSeconds) AS estimatedSeconds,
  count(action.estimatedSeconds) AS estimated,
  collect(action.id)[0] AS longest
ORDER BY averageSeconds DESC
