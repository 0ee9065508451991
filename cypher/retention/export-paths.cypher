// The alternative paths of a plan, for its export.
// Parameters: plan (uuid).
// Rows: one for each; path: its properties, replaces, contains: uuids of actions, within: the path around it, activatedBy:
// an action (uuids, or null).
MATCH (path:AlternativePath {planUuid: $plan})
RETURN
  properties(path) AS path,
  COLLECT {
    MATCH (path)-[:REPLACES]->(action:Action)
    RETURN action.uuid
    ORDER BY action.number
  } AS replaces,
  COLLECT {
    MATCH (path)-[:CONTAINS]->(action:Action)
    RETURN action.uuid
    ORDER BY action.number
  } AS contains,
  head(COLLECT {
    MATCH (path)-[:WITHIN]->(outer:AlternativePath)
    RETURN outer.uuid
  }) AS within,
  head(COLLECT {
    MATCH (path)-[:ACTIVATED_BY]->(failed:Action)
    RETURN failed.uuid
  }) AS activatedBy
ORDER BY path.uuid
