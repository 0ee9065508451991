// Continues the ended alternative paths around actions that were skipped or run again, if no failed action is left in them.
// Parameters: actions: a list of uuids.
// Rows: one for each path that continues; path (uuid).
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
MATCH (own:AlternativePath {uuid: action.pathUuid})
WITH DISTINCT own
UNWIND [own.uuid] + own.enclosing AS uuid
WITH DISTINCT uuid
MATCH (path:AlternativePath {uuid: uuid})
WHERE path.state IN ['FAILED', 'CANCELLED', 'SUCCEEDED'] AND path.replacedBy IS NULL AND NOT EXISTS {
  MATCH (path)
    (()<-[:WITHIN]-(inner:AlternativePath WHERE inner.state <> 'STANDBY' AND inner.replacedBy IS NULL))*
    (:AlternativePath)-[:CONTAINS]->(failed:Failed)
  WHERE failed.replacedBy IS NULL
}
SET path.state = 'ONGOING', path.holding = CASE WHEN path.openedAt IS NULL THEN true END
REMOVE path.statusMessage, path.finishedAt
RETURN path.uuid AS path
