// Reactivates the alternative paths of a retried plan that ended early and that no other path has replaced: those with
// pending actions, and the paths around them.
// Parameters: plan (uuid).
// Rows: none.
MATCH (own:AlternativePath {planUuid: $plan})
WHERE own.state <> 'STANDBY' AND EXISTS {
  (own)-[:CONTAINS]->(action:Pending)
  WHERE action.replacedBy IS NULL
}
UNWIND [own.uuid] + own.enclosing AS uuid
WITH DISTINCT uuid
MATCH (path:AlternativePath {uuid: uuid})
WHERE path.state IN ['FAILED', 'CANCELLED', 'SUCCEEDED'] AND path.replacedBy IS NULL
SET path.state = 'ONGOING', path.holding = CASE WHEN path.openedAt IS NULL THEN true END
REMOVE path.statusMessage, path.finishedAt
