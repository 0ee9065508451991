// Counts what is left to do in alternative paths, and ends those in which nothing is left. What is left in a path is left in
// the paths around it, too. Of paths that end at once, the outermost is walked, and what is found in it holds for those
// around it.
// Parameters: now; paths: a list of maps with path (uuid), delta (by how much there is more or less to do).
// Rows: none.
UNWIND $paths AS change
MATCH (own:AlternativePath {uuid: change.path})
UNWIND [own.uuid] + own.enclosing AS uuid
WITH uuid, sum(change.delta) AS delta
MATCH (path:AlternativePath {uuid: uuid})
SET path.unfinished = path.unfinished + delta
WITH path
WHERE path.state = 'ONGOING' AND path.unfinished = 0
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
