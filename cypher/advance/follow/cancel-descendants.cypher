// The actions that can no longer run because an action that they depend on has failed.
// Parameters: failures: a list of maps with action (uuid), message.
// Rows: one for each action that has not started; action (uuid), message.
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
RETURN action.uuid AS action, message
