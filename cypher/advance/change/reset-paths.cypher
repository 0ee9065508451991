// Puts activated alternative paths of a plan back into STANDBY, as if they had never been activated: the actions that they
// replaced count again, with their dependencies. Those of finally actions are always put back.
// Parameters: plan (uuid), compensations: whether paths that compensate are put back, all: whether all are.
// Rows: one for each action of such a path; action (uuid).
MATCH (path:AlternativePath {planUuid: $plan})
WHERE path.state <> 'STANDBY' AND ($all OR ($compensations AND path.compensation) OR path.inFinally)
WITH collect(path.uuid) AS roots
MATCH (back:AlternativePath {planUuid: $plan})
WHERE
  back.state <> 'STANDBY'
  AND (back.uuid IN roots OR back.replacedBy IN roots OR any(uuid IN back.enclosing WHERE uuid IN roots))
WITH collect(back) AS paths, collect(back.uuid) AS uuids
CALL (paths, uuids) {
  UNWIND paths AS path
  MATCH (path)-[:CONTAINS]->(own:Action)-[edge:DEPENDS_ON]-()
  WHERE edge.via IN uuids OR (own)-[:REVERTS]->()
  WITH DISTINCT edge
  DELETE edge
}
CALL (paths, uuids) {
  UNWIND paths AS path
  MATCH (path)-[:REPLACES]->(member:Action)
  WITH member, uuids, max(CASE WHEN path.compensation THEN 1 ELSE 0 END) = 1 AS compensated
  WHERE member.replacedBy IN uuids
  SET member.runsAgain = CASE WHEN compensated OR member.state = 'SKIPPED' THEN true END
  REMOVE member.replacedBy
  WITH member, uuids
  MATCH (member)<-[edge:DEPENDS_ON]-()
  WHERE edge.replacedBy IN uuids
  REMOVE edge.replacedBy, edge.replacedAt
}
CALL (paths) {
  UNWIND paths AS path
  MATCH (path)-[link:ACTIVATED_BY|AWAITS]->()
  DELETE link
}
CALL (paths) {
  UNWIND paths AS path
  MATCH (path)-[contains:CONTAINS]->(revert:Action)
  WHERE revert.reverts IS NOT NULL
  REMOVE revert.pathUuid
  DELETE contains
}
FOREACH (path IN paths |
  SET path.state = 'STANDBY'
  REMOVE
    path.holding, path.reason, path.activation, path.activatedAt, path.openedAt, path.finishedAt, path.statusMessage,
    path.replacedBy, path.revertRound, path.revertsStored
)
WITH paths
UNWIND paths AS path
MATCH (path)-[:CONTAINS]->(action:Action)
WHERE action.state <> 'STANDBY'
REMOVE action.replacedBy
RETURN action.uuid AS action
