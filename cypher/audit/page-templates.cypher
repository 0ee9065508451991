// The audit templates that fit, in order: which come after a marker.
// Parameters: goal, strategy (names; null: any), deleted: whether deleted ones are shown, sortKey: a property, descending,
// marker (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among them, nodes: of the page.
MATCH (template:AuditTemplate)
WHERE
  template.number > 0
  AND ($deleted OR template.deletedAt IS NULL)
  AND coalesce(template.goal = $goal, $goal IS NULL)
  AND coalesce(template.strategy = $strategy, $strategy IS NULL)
WITH template
ORDER BY template[$sortKey], template.number
WITH collect(template) AS ascending
WITH CASE WHEN $descending THEN reverse(ascending) ELSE ascending END AS nodes
WITH nodes, coalesce([at IN range(0, size(nodes) - 1) WHERE nodes[at].uuid = $marker][0], -1) AS at
RETURN at >= 0 OR $marker IS NULL AS known, nodes[at + 1 .. at + 1 + $limit] AS nodes
