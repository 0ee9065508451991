// The activated alternative paths of a plan: the replaced actions, the reason, the time and the outcome.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each activated path, in order; activatedAt, path (name), rank, replaces (ids of up to ten actions),
// failedAction (id of the action whose failure activated it), reason, state, seconds (until it ended, or until now),
// actions (the number of its actions), message, uuid.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)<-[:REPLACES]-(path:AlternativePath)
WHERE path.activatedAt IS NOT NULL
WITH path, action
ORDER BY action.number
WITH path, collect(action.id)[..10] AS replaces
OPTIONAL MATCH (path)-[:ACTIVATED_BY]->(failed:Action)
RETURN
  path.activatedAt AS activatedAt, path.name AS path, path.rank AS rank, replaces, failed.id AS failedAction,
  path.reason AS reason, path.state AS state,
  duration.inSeconds(path.activatedAt, coalesce(path.finishedAt, datetime())).milliseconds / 1000.0 AS seconds,
  COUNT { (path)-[:CONTAINS]->() } AS actions, path.statusMessage AS message, path.uuid AS uuid
ORDER BY activatedAt, rank
