// What may stand in for actions that have failed for good: for each the path of lowest rank that nothing has called for
// yet; if the action belongs to a path itself and nothing stands in within it, what may take over from that path; and so on.
// Parameters: actions: a list of uuids.
// Rows: one for each action for which there is a path; action, path, target: which action the path stands in for (uuids), id: of that, name: of the path,
// abortRunning: whether it asks what runs to abort, broken: the uuids of the
// paths that have failed with the action.
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
  path.abortRunning AS abortRunning, broken
