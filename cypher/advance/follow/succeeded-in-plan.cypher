// The started actions of a plan that are not reverted, without reverts.
// Parameters: plan (uuid).
// Rows: one for each action; action, path: its path (uuids), id, undo: whether it has succeeded.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.reverts IS NULL AND action.state <> 'STANDBY'
WITH action
ORDER BY action.number
RETURN
  action.uuid AS action, action.pathUuid AS path, action.id AS id,
  action.state = 'SUCCEEDED' AND action.reverted IS NULL AS undo
