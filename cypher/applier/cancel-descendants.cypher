// Cancels what can no longer run because something it depends on has failed.
// Parameters: now; failures: a list of maps with action (uuid), message.
// Rows: one for each cancelled action; plan, action, path (uuids), id, message, attempt.
UNWIND $failures AS failure
CALL (failure) {
  MATCH (failed:Action {uuid: failure.action})
  USING INDEX SEEK failed:Action(uuid)
  MATCH path = (failed)<-[:DEPENDS_ON*1..]-(descendant:Action)
  WHERE
    all(node IN nodes(path) WHERE node.state IN ['FAILED', 'PENDING'])
    AND all(edge IN relationships(path) WHERE edge.replacedBy IS NULL)
  RETURN DISTINCT descendant
}
WITH descendant AS action, collect(failure.message)[0] AS message
WHERE action.state = 'PENDING'
REMOVE action:Pending
SET
  action:Cancelled,
  action.state = 'CANCELLED',
  action.statusMessage = message,
  action.finishedAt = $now,
  action.updatedAt = $now
REMOVE action.notBefore
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, message,
  action.attempt AS attempt
