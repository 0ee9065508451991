// The reverted actions of a plan, by its failure policy or by an alternative path, and the succeeded actions that were
// not reverted.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each action that had succeeded when something was reverted, in the order of the plan; result (reverted;
// left: its revert failed, was skipped or was cancelled; pending: its revert waits or runs; kept: no revert was
// requested), id, actionType, revertState, message (of the revert), finishedAt (of the revert), path (the path that
// reverted it; null: the failure policy).
MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.reverts IS NULL
OPTIONAL MATCH (action)<-[:REVERTS]-(revert:Action)
WHERE NOT revert.state = 'STANDBY'
WITH plan, action, revert
WHERE revert IS NOT NULL OR action.reverted OR (action.state = 'SUCCEEDED' AND plan.rollBack IS NOT NULL)
RETURN
  CASE
    WHEN action.reverted OR revert.state = 'SUCCEEDED' THEN 'reverted'
    WHEN revert IS NULL THEN 'kept'
    WHEN revert.state IN ['PENDING', 'ONGOING'] THEN 'pending'
    ELSE 'left'
  END AS result,
  action.id AS id, action.actionType AS actionType, revert.state AS revertState, revert.statusMessage AS message,
  revert.finishedAt AS finishedAt, head([(revert)<-[:CONTAINS]-(path:AlternativePath) | path.name]) AS path
ORDER BY action.number
