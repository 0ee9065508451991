// Lets the first actions of an alternative path depend on the unfinished parents of the actions that it replaces, also on
// those before skipped parents.
// Parameters: path (uuid); members: the replaced actions: a list of maps with action (uuid).
// Rows: none.
CALL () {
  UNWIND $members AS member
  MATCH (:Action {uuid: member.action})
    (()-[edge:DEPENDS_ON WHERE edge.replacedBy IS NULL]->(skipped WHERE skipped.released = false))*
    (last:Action)-[dependency:DEPENDS_ON]->(parent:Action)
  WHERE
    dependency.replacedBy IS NULL AND parent.state IN ['PENDING', 'ONGOING']
    AND coalesce(parent.replacedBy <> $path, true)
  RETURN collect(DISTINCT parent) AS parents
}
MATCH (:AlternativePath {uuid: $path})-[:CONTAINS]->(first:Action)
WHERE size(parents) > 0 AND first.reverts IS NULL AND NOT EXISTS { (first)-[:DEPENDS_ON]->() }
FOREACH (parent IN parents | CREATE (first)-[:DEPENDS_ON {via: $path}]->(parent))
SET first.unmetParents = first.unmetParents + size(parents)
