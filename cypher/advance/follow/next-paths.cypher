// The next alternative paths for actions that have failed for good: for each action the path of the lowest rank that
// was not activated yet; if the action belongs to a path and cannot be replaced within it, the next path that can
// replace that one; and so on.
// Parameters: actions: a list of uuids.
// Rows: one for each action with such a path; action, path, target: the action that the path replaces (uuids), id: the
// target's id, name: the path's name, abortRunning: whether it aborts running actions,
// compensation: whether it undoes the goal of what it replaces, broken: the uuids of the paths
// that have failed with the action.
UNWIND $actions AS uuid
MATCH (failed:Action {uuid: uuid})
WHERE failed.replacedBy IS NULL
MATCH (plan:ActionPlan {uuid: failed.planUuid})
WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
CALL (failed) {
  OPTIONAL MATCH (failed)<-[:REPLACES]-(path:AlternativePath {state: 'STANDBY'})
  WITH path
  ORDER BY path.rank
  LIMIT 1
  RETURN path AS own
}
CALL (failed, own) {
  WITH own
  WHERE own IS NOT NULL
  RETURN own AS path, failed AS target, [] AS broken
  UNION ALL
  WITH failed, own
  WHERE own IS NULL
  MATCH (inner:AlternativePath {uuid: failed.pathUuid})
  MATCH (inner) (()-[:WITHIN]->(outer))* (last:AlternativePath)
  MATCH (last)-[:ACTIVATED_BY]->(target)<-[:REPLACES]-(path:AlternativePath {state: 'STANDBY'})
  WITH inner, outer, target, path
  ORDER BY size(outer), path.rank
  LIMIT 1
  RETURN path, target, [inner.uuid] + [one IN outer | one.uuid] AS broken
}
RETURN
  uuid AS action, path.uuid AS path, target.uuid AS target, target.id AS id, path.name AS name,
  path.abortRunning AS abortRunning, path.compensation IS NOT NULL AS compensation, broken
