// The first finally action of a plan that has failed and that no path has replaced.
// Parameters: plan (uuid).
// Rows: one, or none; id, message: of its latest attempt.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action:Failed)
WHERE action.inFinally AND action.replacedBy IS NULL
WITH action
ORDER BY action.finishedAt, action.number
LIMIT 1
RETURN
  action.id AS id,
  head([(action)-[:ATTEMPTED]->(attempt:Attempt) WHERE attempt.number = action.attempt | attempt.message]) AS message
