// The actions of a plan that were started and not reverted, but for reverts.
// Parameters: plan (uuid).
// Rows: one for each; action (uuid), id, undo: whether it has succeeded.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.reverts IS NULL AND action.state <> 'STANDBY'
RETURN
  action.uuid AS action, action.id AS id,
  action.state = 'SUCCEEDED' AND action.reverted IS NULL AS undo
