// Cancels everything of a plan that has not started.
// Parameters: now; failures: a list of maps with plan (uuid), message.
// Rows: one for each cancelled action; plan, action, path (uuids), id, message, attempt.
UNWIND $failures AS failure
MATCH (plan:ActionPlan {uuid: failure.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
MATCH (plan)-[:CONTAINS]->(action:Action {state: 'PENDING'})
WITH action, collect(failure.message)[0] AS message
REMOVE action:Pending:Ready
SET
  action:Cancelled,
  action.state = 'CANCELLED',
  action.statusMessage = message,
  action.finishedAt = $now,
  action.updatedAt = $now
REMOVE action.notBefore, action.rank, action.blockedBy
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, message,
  action.attempt AS attempt
