// Lets an alternative path take the place of what it replaces, and of the paths that stood in for that before it: what
// has not started is skipped, what runs is awaited, and asked to abort where the path says so.
// Parameters: now, path, action: which failed (uuids); broken: the uuids of the paths that have failed with it; message: of
// what is skipped or asked to abort.
// Rows: none if another path has taken the failed action's place already; else one; members: all that was replaced: a list of maps
// with action (uuid), complete: whether its children did not wait for it any more; skipped, aborting: those asked to abort:
// lists of maps with plan, action, path (uuids), id, attempt.
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
    action: member.uuid, complete: member.state IN ['SUCCEEDED', 'SKIPPED'] OR member.ignored IS NOT NULL
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
  REMOVE action:Pending:Ready, action.rank, action.blockedBy, action.notBefore
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
