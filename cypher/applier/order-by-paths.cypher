// What came after what, because of a plan's alternative paths: a path came after what it replaced and after the
// paths that had stood in for that before, and its first actions came after that.
// Parameters: plan (uuid).
// Rows: one for each; later, earlier (uuids of actions, or one of them that of a path).
MATCH (path:AlternativePath {planUuid: $plan})
WHERE path.state <> 'STANDBY'
CALL (path) {
  MATCH (path)-[:REPLACES]->(replaced)
  MATCH (replaced)
    (()<-[:REPLACES]-(before:AlternativePath WHERE before.activation < path.activation)-[:CONTAINS]->())*
    (member)
  RETURN DISTINCT path.uuid AS later, member.uuid AS earlier
  UNION ALL
  MATCH (path)-[:CONTAINS]->(first)
  WHERE first.reverts IS NULL AND NOT EXISTS { (first)-[:DEPENDS_ON]->(parent) WHERE parent.reverts IS NULL }
  RETURN first.uuid AS later, path.uuid AS earlier
}
RETURN later, earlier
