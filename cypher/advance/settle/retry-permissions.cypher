// The actions that may not be retried, because a path has replaced them, or their plan stops or its
// deadline has passed.
// Parameters: actions: a list of uuids.
// Rows: one for each of those; action (uuid), permission: REPLACED or STOPPING.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WITH
  uuid,
  CASE
    WHEN action.replacedBy IS NOT NULL THEN 'REPLACED'
    WHEN plan.state = 'CANCELLING' OR (plan.expiredAt IS NOT NULL AND action.inFinally IS NULL) THEN 'STOPPING'
    WHEN plan.stopping AND (action.reverts IS NULL OR action.pathUuid IS NOT NULL) THEN 'STOPPING'
  END AS permission
WHERE permission IS NOT NULL
RETURN uuid AS action, permission
