// Updates the counters of open actions in alternative paths, and ends paths without open actions. Open actions of a
// path count for the paths around it, too. Of nested paths that end together, only the outermost is searched for
// cancelled actions; the result applies to the paths around them. A path that waits to be opened does not end because all
// of its actions were skipped.
// Parameters: now; paths: a list of maps with path (uuid), delta (the change of the number of open actions).
// Rows: none.
UNWIND $paths AS change
MATCH (own:AlternativePath {uuid: change.path})
UNWIND [own.uuid] + own.enclosing AS uuid
WITH uuid, sum(change.delta) AS delta
MATCH (path:AlternativePath {uuid: uuid})
SET path.unfinished = path.unfinished + delta
WITH path
WHERE
  path.state = 'ONGOING' AND path.unfinished = 0
  AND (path.holding IS NULL OR EXISTS { (path)-[:CONTAINS]->(:Cancelled) })
WITH collect(path) AS ended, collect(path.uuid) AS uuids
CALL (ended, uuids) {
  UNWIND ended AS outermost
  WITH outermost
  WHERE none(uuid IN outermost.enclosing WHERE uuid IN uuids)
  MATCH (outermost)
    (()<-[:WITHIN]-(inner:AlternativePath WHERE inner.state <> 'STANDBY' AND inner.replacedBy IS NULL))*
    (within:AlternativePath)
  WHERE EXISTS {
    (within)-[:CONTAINS]->(action:Cancelled)
    WHERE action.replacedBy IS NULL
  }
  UNWIND [within.uuid] + within.enclosing AS uuid
  RETURN collect(DISTINCT uuid) AS cut
}
UNWIND ended AS path
SET path.state = CASE WHEN path.uuid IN cut THEN 'CANCELLED' ELSE 'SUCCEEDED' END, path.finishedAt = $now
REMOVE path.holding
