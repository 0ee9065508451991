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
MATCH (failed) (()<-[:CONTAINS]-(broken:AlternativePath)-[:ACTIVATED_BY]->())* (target)
MATCH (target)<-[:REPLACES]-(path:AlternativePath {state: 'STANDBY'})
WITH uuid, path, broken, target
ORDER BY size(broken), path.rank
WITH uuid, collect({path: path, broken: broken, target: target})[0] AS first
RETURN
  uuid AS action, first.path.uuid AS path, first.target.uuid AS target, first.target.id AS id, first.path.name AS name,
  first.path.abortRunning AS abortRunning,
  [broken IN first.broken | broken.uuid] AS broken
