// The alternative paths of a plan: what each stands in for, what it consists of, what called for it and how it ended.
// Parameters: plan (uuid).
// Rows: one for each path, those that stand in for the same action in the order in which they are tried; path, replaces,
// actions (uuids, in the order of the plan), failedAction (uuid, or null).
MATCH (path:AlternativePath {planUuid: $plan})
CALL (path) {
  MATCH (path)-[:REPLACES]->(replaced:Action)
  WITH replaced
  ORDER BY replaced.number
  RETURN collect(replaced.uuid) AS replaces, min(replaced.number) AS place
}
CALL (path) {
  MATCH (path)-[:CONTAINS]->(action:Action)
  WITH action
  ORDER BY action.number
  RETURN collect(action.uuid) AS actions
}
OPTIONAL MATCH (path)-[:ACTIVATED_BY]->(failed:Action)
WITH path, place, replaces, actions, failed
ORDER BY place, path.rank, path.name
RETURN path, replaces, actions, failed.uuid AS failedAction
