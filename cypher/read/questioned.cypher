// The action to diagnose, with its plan and its latest attempt.
// Parameters: action (uuid), deleted: whether actions of deleted plans are included, now (null: the database's clock).
// Rows: none or one; now, action, plan, since: the start of its latest attempt, or null, requestIds: the ids of the
// requests of that attempt, or null, successor: the path that replaced it, or null.
MATCH (action:Action {uuid: $action})
MATCH (plan:ActionPlan {uuid: action.planUuid})
WHERE $deleted OR plan.state <> 'DELETED'
OPTIONAL MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: action.attempt})
OPTIONAL MATCH (successor:AlternativePath {uuid: action.replacedBy})
RETURN coalesce($now, datetime.realtime()) AS now, action, plan, attempt.startedAt AS since,
  attempt.requestIds AS requestIds, successor
