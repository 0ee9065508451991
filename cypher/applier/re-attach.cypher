// Lets the children of what an alternative path replaces wait for the path's last actions instead, as far as they have not
// started. The old relationships stay, marked.
// Parameters: now, path (uuid); members: the uuids of what is replaced.
// Rows: none.
MATCH (path:AlternativePath {uuid: $path})-[:CONTAINS]->(last:Action)
WHERE NOT EXISTS { (last)<-[:DEPENDS_ON]-() }
WITH collect(last) AS lasts
UNWIND $members AS member
MATCH (:Action {uuid: member})<-[edge:DEPENDS_ON]-(child:Action)
WHERE edge.replacedBy IS NULL AND child.state IN ['PENDING', 'CANCELLED'] AND child.replacedBy IS NULL
SET edge.replacedBy = $path, edge.replacedAt = $now
WITH DISTINCT lasts, child
FOREACH (last IN lasts | CREATE (child)-[:DEPENDS_ON {via: $path}]->(last))
WITH child
SET child.unmetParents = COUNT {
  (child)-[edge:DEPENDS_ON]->(parent)
  WHERE edge.replacedBy IS NULL AND NOT parent.state IN ['SUCCEEDED', 'SKIPPED'] AND parent.ignored IS NULL
}
WITH child
WHERE child:Ready
REMOVE child:Ready, child.rank, child.blockedBy
SET child:Pending
