// The nodes of a plan's graph.
// Parameters: plan (uuid).
// Rows: one for each action, in the order of the plan; uuid, id, actionType, state, layer, attempt, path: its
// alternative path, reverts: the action that it reverts (uuids, or null), reverted: whether it was reverted.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
RETURN
  action.uuid AS uuid, action.id AS id, action.actionType AS actionType, action.state AS state,
  action.layer AS layer, action.attempt AS attempt, action.pathUuid AS path, action.reverts AS reverts,
  coalesce(action.reverted, false) AS reverted
ORDER BY action.number
