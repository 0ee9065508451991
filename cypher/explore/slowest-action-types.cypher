// Which action types take longest, by their succeeded attempts in the latest plans.
// Parameters: plans: how many of the latest plans are looked at.
//   :param plans => 100
// Rows: one for each action type, the slowest first; actionType, attempts, averageSeconds, medianSeconds, longestSeconds,
// estimatedSeconds (on average, of those that have an estimate), longest (the id of the action that took longest).
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
  collect(action.id)[0] AS longest
ORDER BY averageSeconds DESC
