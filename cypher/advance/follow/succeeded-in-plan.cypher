// The actions of a plan that were started and not reverted, but for reverts.
// Parameters: plan (uuid).
// Rows: one for each; action, path: to which it belongs (uuids), id, undo: whether it has succeeded.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.reverts IS NULL AND action.state <> 'STANDBY'
WITH action
ORDER BY action.number
RETURN
  action.uuid AS action, action.pathUuid AS path, action.id AS id,
  action.state = 'SUCCEEDED' AND action.reverted IS NULL AS undo
