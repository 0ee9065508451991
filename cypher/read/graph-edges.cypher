// The edges of a plan's graph: active dependencies, replaced ones, and reverts.
// Parameters: plan (uuid).
// Rows: one for each; parent, child (uuids), kind: depends_on, alternative (added by a path), replaced (by a path) or
// reverts (the child reverts the parent), path: that path (uuid, or null).
MATCH (plan:ActionPlan {uuid: $plan})
CALL (plan) {
  MATCH (plan)-[:CONTAINS]->(child:Action)-[edge:DEPENDS_ON]->(parent:Action)
  RETURN
    parent, child, coalesce(edge.replacedBy, edge.via) AS path,
    CASE
      WHEN edge.replacedBy IS NOT NULL THEN 'replaced'
      WHEN edge.via IS NOT NULL THEN 'alternative'
      ELSE 'depends_on'
    END AS kind
  UNION ALL
  MATCH (plan)-[:CONTAINS]->(child:Action)-[:REVERTS]->(parent:Action)
  RETURN parent, child, null AS path, 'reverts' AS kind
}
WITH parent, child, kind, path
ORDER BY child.number, parent.number
RETURN parent.uuid AS parent, child.uuid AS child, kind, path
