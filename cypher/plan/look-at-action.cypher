// The state of an action and of its plan.
// Parameters: action (uuid), now (null: the database's clock).
// Rows: none if there is no such action; else now, plan, path (uuids), id, attempt, state, replacedBy: the name of the path
// that has taken its place (or null), revert: whether it undoes another action, inFinally: whether it is a finally action,
// parents: of a cancelled action, a list of maps with id, state, done: whether it does not prevent the action from running,
// planState, revision, change, rollBack: the plan's (or null), stopping: whether the plan stops.
MATCH (action:Action {uuid: $action})
MATCH (plan:ActionPlan {uuid: action.planUuid})
WHERE plan.state <> 'DELETED'
OPTIONAL MATCH (path:AlternativePath {uuid: action.replacedBy})
RETURN
  coalesce($now, datetime.realtime()) AS now, plan.uuid AS plan, action.uuid AS action, action.pathUuid AS path,
  action.id AS id, action.attempt AS attempt, action.state AS state, path.name AS replacedBy,
  action.reverts IS NOT NULL AS revert, action.inFinally IS NOT NULL AS inFinally, plan.state AS planState,
  COLLECT {
    MATCH (action)-[edge:DEPENDS_ON]->(parent:Action)
    WHERE edge.replacedBy IS NULL AND action.state = 'CANCELLED' AND action.triggerRule IS NULL
    RETURN {
      id: parent.id, state: parent.state,
      done: parent.ignored IS NOT NULL OR parent.state IN ['PENDING', 'ONGOING', 'SUCCEEDED', 'SKIPPED']
    }
  } AS parents,
  plan.revision AS revision, plan.change AS change, plan.rollBack AS rollBack, plan.stopping IS NOT NULL AS stopping
