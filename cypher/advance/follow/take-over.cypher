// Replaces actions, and the paths that replaced them before, by an alternative path: actions that have not started are
// skipped; the path waits for running actions, which are aborted if the path requires it.
// Parameters: now, path, action: the failed action (uuids); broken: the uuids of the paths that have failed with it;
// message: the status message of skipped and aborted actions.
// Rows: none if another path has replaced the failed action before; else one; members: all replaced actions: a list of
// maps with action (uuid), complete: whether it no longer blocked its children; skipped, aborting: the skipped and the
// aborted actions: lists of maps with plan, action, path (uuids), id, attempt.
MATCH (path:AlternativePath {uuid: $path, state: 'STANDBY'})
WHERE EXISTS {
  MATCH (failed:Action {uuid: $action})
  WHERE failed.replacedBy IS NULL
}
CALL (path) {
  MATCH (path)-[:REPLACES]->(action:Action)
  RETURN collect(action) AS replaced
}
CALL (path) {
  MATCH (path)-[:REPLACES]->()<-[:REPLACES]-(beside:AlternativePath WHERE beside.state <> 'STANDBY')
  WITH DISTINCT beside
  MATCH (beside) (()<-[:WITHIN]-(inner:AlternativePath WHERE inner.state <> 'STANDBY'))* (earlier:AlternativePath)
  RETURN collect(earlier) AS overtaken
}
CALL (overtaken) {
  UNWIND overtaken AS earlier
  MATCH (earlier)-[:CONTAINS]->(action:Action)
  RETURN collect(action) AS inner
}
WITH path, overtaken, replaced + inner AS members
WITH
  path, overtaken, members,
  [member IN members | {
    action: member.uuid,
    complete: member.ignored IS NOT NULL OR coalesce(member.released, member.state IN ['SUCCEEDED', 'SKIPPED'])
  }] AS before
FOREACH (member IN members | SET member.replacedBy = path.uuid)
FOREACH (earlier IN overtaken |
  SET earlier.replacedBy = path.uuid
  REMOVE earlier.holding
)
FOREACH (earlier IN [earlier IN overtaken WHERE earlier.state = 'ONGOING'] |
  SET
    earlier.state = CASE WHEN earlier.uuid IN $broken THEN 'FAILED' ELSE 'CANCELLED' END,
    earlier.statusMessage = $message,
    earlier.finishedAt = $now
)
WITH
  path, overtaken, before,
  [member IN members WHERE member.state = 'PENDING'] AS skipped,
  [member IN members WHERE member.state = 'ONGOING'] AS running
FOREACH (action IN skipped |
  REMOVE action:Pending:Ready, action.rank, action.blockedBy, action.blockedRank, action.blockedUnits, action.notBefore, action.deadlineAt
  SET
    action:Skipped,
    action.state = 'SKIPPED',
    action.statusMessage = $message,
    action.finishedAt = $now,
    action.updatedAt = $now
)
FOREACH (action IN running | CREATE (path)-[:AWAITS]->(action))
FOREACH (action IN CASE WHEN path.abortRunning THEN running ELSE [] END | SET action.abort = $message)
WITH path, overtaken, before, skipped, running
CALL (overtaken) {
  UNWIND overtaken AS earlier
  MATCH (earlier)-[awaits:AWAITS]->()
  DELETE awaits
}
CALL (path, running) {
  UNWIND running AS action
  MATCH (applier:Applier)-[:RUNS]->(action)
  WHERE path.abortRunning
  SET applier.aborts = true
}
RETURN
  before AS members,
  [action IN skipped |
    {plan: action.planUuid, action: action.uuid, path: action.pathUuid, id: action.id, attempt: action.attempt}] AS skipped,
  [action IN running WHERE path.abortRunning |
    {plan: action.planUuid, action: action.uuid, path: action.pathUuid, id: action.id, attempt: action.attempt}] AS aborting
