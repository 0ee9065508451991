// The state of an action and of its plan.
// Parameters: action (uuid), now (null: the database's clock).
// Rows: none if there is no such action; else now, plan, path (uuids), id, attempt, state, planState, revision: the
// plan's.
MATCH (action:Action {uuid: $action})
MATCH (plan:ActionPlan {uuid: action.planUuid})
WHERE plan.state <> 'DELETED'
RETURN
  coalesce($now, datetime.realtime()) AS now, plan.uuid AS plan, action.uuid AS action, action.pathUuid AS path,
  action.id AS id, action.attempt AS attempt, action.state AS state, plan.state AS planState, plan.revision AS revision
