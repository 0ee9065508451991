// Stores actions that undo others: of the same types, with the same parameters, limits and resources. How long they take is unknown:
// an estimate is that of the action, not of its revert. Their ids follow from those of the others; where that one is taken in the plan,
// the uuid is added.
// Parameters: now, plan (uuid), path: to which they belong (uuid, or null), added: how many
// actions have been added to the plan in this transaction; reverts: a list of maps with uuid, of: the
// uuid of what is undone, unmetParents, layer, priority.
// Rows: one for each; plan, action, path (uuids), id, attempt.
MATCH (plan:ActionPlan {uuid: $plan})
OPTIONAL MATCH (path:AlternativePath {uuid: $path})
UNWIND range(0, size($reverts) - 1) AS place
WITH plan, path, place, $reverts[place] AS row
MATCH (undone:Action {uuid: row.of})
WITH plan, path, place, row, undone, COUNT { (undone)<-[:REVERTS]-() } AS before
WITH
  plan, path, place, row, undone,
  'revert ' + undone.id + CASE WHEN before = 0 THEN '' ELSE ' (' + toString(before + 1) + ')' END AS id
WITH plan, path, id, collect({place: place, row: row, undone: undone}) AS alike
WITH
  plan, path, id, alike,
  size(alike) > 1 OR EXISTS { MATCH (:Action {planUuid: $plan, id: id}) } AS taken
UNWIND alike AS revert
WITH
  plan, path, revert.place AS place, revert.row AS row, revert.undone AS undone,
  CASE WHEN taken THEN id + ' ' + revert.row.uuid ELSE id END AS id
ORDER BY place
CREATE (plan)-[:CONTAINS]->(action:Action:Pending)-[:REVERTS]->(undone)
SET
  action.uuid = row.uuid,
  action.planUuid = $plan,
  action.pathUuid = $path,
  action.id = id,
  action.name = id,
  action.number = plan.actionsTotal + $added + place,
  action.reverts = undone.uuid,
  action.actionType = undone.actionType,
  action.inputParameters = undone.inputParameters,
  action.resourceId = undone.resourceId,
  action.timeoutSeconds = undone.revertTimeoutSeconds,
  action.deadlineSeconds = undone.deadlineSeconds,
  action.maxAttempts = undone.maxAttempts,
  action.initialBackoffSeconds = undone.initialBackoffSeconds,
  action.backoffMultiplier = undone.backoffMultiplier,
  action.maxBackoffSeconds = undone.maxBackoffSeconds,
  action.jitter = undone.jitter,
  action.layer = row.layer,
  action.priority = row.priority,
  action.unmetParents = row.unmetParents,
  action.state = 'PENDING',
  action.attempt = 0,
  action.failures = 0,
  action.createdAt = $now
FOREACH (owner IN CASE WHEN path IS NULL THEN [] ELSE [path] END | CREATE (owner)-[:CONTAINS]->(action))
WITH action, undone
CALL (action, undone) {
  MATCH (undone)-[uses:USES]->(resource)
  CREATE (action)-[:USES {units: uses.units}]->(resource)
}
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt
