// The first failed action of a plan that no path has replaced, without the reverts of a roll-back.
// Parameters: plan (uuid).
// Rows: one, or none; id, path: the name of its alternative path (or null), message: of its latest attempt.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action:Failed)
WHERE action.replacedBy IS NULL AND (action.reverts IS NULL OR action.pathUuid IS NOT NULL)
WITH action
ORDER BY action.finishedAt, action.number
LIMIT 1
OPTIONAL MATCH (path:AlternativePath {uuid: action.pathUuid})
RETURN
  action.id AS id, path.name AS path,
  head([(action)-[:ATTEMPTED]->(attempt:Attempt) WHERE attempt.number = action.attempt | attempt.message]) AS message
