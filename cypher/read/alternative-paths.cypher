// The alternative paths of a plan: the actions that each replaces, its own actions, the cause of its activation and its
// outcome.
// Parameters: plan (uuid).
// Rows: one for each path, those for the same action in the order in which they are tried; path, replaces, actions
// (uuids, in the order of the plan), failedAction (uuid, or null).
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
