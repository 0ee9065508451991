// How often each alternative path of the latest plans was activated, and how often it succeeded.
// Parameters: plans: the number of latest plans to read.
//   :param plans => 100
// Rows: one for each path by the names of its plan and itself and by the type of the action that it replaces, the most
// often activated first; plan, path, replaces (an action type), paths (the number of such paths), taken, paidOff (how
// many of those succeeded), failed, percent (the share of succeeded ones among those that have ended; null: none has
// ended).
MATCH (plan:ActionPlan)
WHERE plan.number > 0
WITH plan
ORDER BY plan.number DESC
LIMIT $plans
MATCH (plan)-[:CONTAINS]->(action:Action)<-[:REPLACES]-(path:AlternativePath)
WITH DISTINCT plan.name AS planName, action.actionType AS replaces, path
WITH
  planName, path.name AS pathName, replaces, count(*) AS paths,
  sum(CASE WHEN path.activatedAt IS NULL THEN 0 ELSE 1 END) AS taken,
  sum(CASE path.state WHEN 'SUCCEEDED' THEN 1 ELSE 0 END) AS paidOff,
  sum(CASE path.state WHEN 'FAILED' THEN 1 ELSE 0 END) AS failed,
  sum(CASE WHEN path.activatedAt IS NOT NULL AND path.state <> 'ONGOING' THEN 1 ELSE 0 END) AS ended
RETURN
  planName AS plan, pathName AS path, replaces, paths, taken, paidOff, failed,
  CASE WHEN ended > 0 THEN toInteger(100.0 * paidOff / ended) END AS percent
ORDER BY taken DESC, plan, path, replaces
