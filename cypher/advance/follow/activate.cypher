// Activates an alternative path. Its actions have one additional open parent, until the path is opened.
// Parameters: now, path, action: the action that it replaces (uuids), reason: why it is activated.
// Rows: one for each action of the path; plan, action, path (uuids), id, attempt.
MATCH (path:AlternativePath {uuid: $path})
MATCH (target:Action {uuid: $action})
SET path.state = 'ONGOING', path.holding = true, path.reason = $reason, path.activatedAt = $now
CREATE (path)-[:ACTIVATED_BY]->(target)
WITH path
MATCH (plan:ActionPlan {uuid: path.planUuid})
SET plan.activations = coalesce(plan.activations, 0) + 1, path.activation = plan.activations
WITH path
MATCH (path)-[:CONTAINS]->(action:Standby)
REMOVE action:Standby
SET
  action:Pending,
  action.state = 'PENDING',
  action.unmetParents = action.unmetParents + 1,
  action.updatedAt = $now
RETURN action.planUuid AS plan, action.uuid AS action, path.uuid AS path, action.id AS id, action.attempt AS attempt
