// Moves the dependencies of children from the replaced actions to the last actions of an alternative path, for children
// that have not started, and for skipped children that still block theirs. The old relationships are kept and marked.
// Parameters: now, path (uuid); members: the replaced actions: a list of maps with action (uuid), complete: whether it
// no longer blocked its children.
// Rows: none.
UNWIND $members AS member
MATCH (:Action {uuid: member.action})<-[edge:DEPENDS_ON]-(child:Action)
WHERE
  edge.replacedBy IS NULL AND child.replacedBy IS NULL
  AND (child.state IN ['PENDING', 'CANCELLED'] OR child.released = false)
SET edge.replacedBy = $path, edge.replacedAt = $now
WITH child, sum(CASE WHEN member.complete THEN 0 ELSE 1 END) AS unmet
WITH collect({action: child, unmet: unmet}) AS children
MATCH (path:AlternativePath {uuid: $path})-[:CONTAINS]->(last:Action)
WHERE NOT EXISTS { (last)<-[:DEPENDS_ON]-() }
WITH children, collect(last) AS lasts
UNWIND children AS waiting
WITH waiting.action AS child, waiting.unmet AS unmet, lasts
FOREACH (last IN lasts | CREATE (child)-[:DEPENDS_ON {via: $path}]->(last))
SET child.unmetParents = child.unmetParents - unmet + size(lasts)
WITH child
WHERE child:Ready
REMOVE child:Ready, child.rank, child.blockedBy, child.blockedRank, child.blockedUnits
SET child:Pending
