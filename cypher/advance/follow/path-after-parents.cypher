// Lets the first actions of an alternative path depend on the unfinished parents of the actions that it replaces, also on
// those before skipped parents.
// Parameters: path (uuid); members: the replaced actions: a list of maps with action (uuid).
// Rows: none.
CALL () {
  UNWIND $members AS member
  CALL (member) {
    MATCH way = (:Action {uuid: member.action})-[:DEPENDS_ON*0..]->(passed:Action)
    WHERE
      all(node IN nodes(way) WHERE node.uuid = member.action OR node.released = false)
      AND all(edge IN relationships(way) WHERE edge.replacedBy IS NULL)
    RETURN DISTINCT passed
  }
  WITH DISTINCT passed
  MATCH (passed)-[edge:DEPENDS_ON]->(parent:Action)
  WHERE
    edge.replacedBy IS NULL AND parent.state IN ['PENDING', 'ONGOING']
    AND coalesce(parent.replacedBy <> $path, true)
  RETURN collect(DISTINCT parent) AS parents
}
MATCH (:AlternativePath {uuid: $path})-[:CONTAINS]->(first:Action)
WHERE size(parents) > 0 AND first.reverts IS NULL AND NOT EXISTS { (first)-[:DEPENDS_ON]->() }
FOREACH (parent IN parents | CREATE (first)-[:DEPENDS_ON {via: $path}]->(parent))
SET first.unmetParents = first.unmetParents + size(parents)
