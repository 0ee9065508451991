// How often each alternative path of the latest plans and of all purged plans was activated, and how often it succeeded.
// Parameters: plans: the number of latest plans to read.
//   :param plans => 100
// Rows: one for each path by the names of its plan and itself and by the type of the action that it replaces, the most
// often activated first; plan, path, replaces (an action type), paths (the number of such paths), taken, paidOff (how
// many of those succeeded), failed, percent (the share of succeeded ones among those that have ended; null: none has
// ended).
CALL () {
  MATCH (plan:ActionPlan)
  WHERE plan.number > 0
  WITH plan
  ORDER BY plan.number DESC
  LIMIT $plans
  MATCH (plan)-[:CONTAINS]->(action:Action)<-[:REPLACES]-(path:AlternativePath)
  WITH DISTINCT plan.name AS planName, action.actionType AS replaces, path
  RETURN
    planName, path.name AS pathName, replaces, 1 AS one,
    CASE WHEN path.activatedAt IS NULL THEN 0 ELSE 1 END AS activated,
    CASE path.state WHEN 'SUCCEEDED' THEN 1 ELSE 0 END AS good,
    CASE path.state WHEN 'FAILED' THEN 1 ELSE 0 END AS bad,
    CASE WHEN path.activatedAt IS NOT NULL AND path.state <> 'ONGOING' THEN 1 ELSE 0 END AS over
  UNION ALL
  MATCH (record:PathRecord)
  WHERE record.plan >= '' AND record.path >= '' AND record.replaces >= ''
  RETURN
    record.plan AS planName, record.path AS pathName, record.replaces AS replaces, record.paths AS one,
    record.taken AS activated, record.paidOff AS good, record.failed AS bad, record.ended AS over
}
WITH
  planName, pathName, replaces, sum(one) AS paths, sum(activated) AS taken, sum(good) AS paidOff, sum(bad) AS failed,
  sum(over) AS ended
RETURN
  planName AS plan, pathName AS path, replaces, paths, taken, paidOff, failed,
  CASE WHEN ended > 0 THEN toInteger(100.0 * paidOff / ended) END AS percent
ORDER BY taken DESC, plan, path, replaces
