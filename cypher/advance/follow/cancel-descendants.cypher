// The actions that can no longer run because an action that they depend on has failed or was given up, directly or through
// others. Actions with a trigger rule of their own run all the same.
// Parameters: failures: a list of maps with action (uuid), message.
// Rows: one for each action that has not started; action (uuid), message.
UNWIND $failures AS failure
CALL (failure) {
  MATCH (failed:Action {uuid: failure.action})
  USING INDEX SEEK failed:Action(uuid)
  MATCH path = (failed)<-[:DEPENDS_ON*1..]-(descendant:Action)
  WHERE
    all(node IN nodes(path) WHERE
      node.uuid = failure.action OR (node.state = 'PENDING' AND node.triggerRule IS NULL)
      OR (node.state = 'SKIPPED' AND node.released = false AND node.triggerRule IS NULL)
    )
    AND all(edge IN relationships(path) WHERE edge.replacedBy IS NULL)
  RETURN DISTINCT descendant
}
WITH descendant AS action, collect(failure.message)[0] AS message
WHERE action.state = 'PENDING'
RETURN action.uuid AS action, message
