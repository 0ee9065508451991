// Counts what is left to do in alternative paths, and ends those in which nothing is left. What is left in a path is left in
// the paths around it, too.
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
WITH
  path,
  EXISTS {
    MATCH (path)-[:CONTAINS]->()
      (()<-[:REPLACES]-(inner:AlternativePath WHERE inner.state <> 'STANDBY')-[:CONTAINS]->())*
      (action:Cancelled)
    WHERE action.replacedBy IS NULL
  } AS cut
SET path.state = CASE WHEN cut THEN 'CANCELLED' ELSE 'SUCCEEDED' END, path.finishedAt = $now
REMOVE path.holding
