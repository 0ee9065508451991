// The audits that fit, in order: which come after a marker.
// Parameters: goal, strategy (names; null: any), deleted: whether deleted ones are shown, sortKey: a property, descending,
// marker (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among them, nodes: of the page.
MATCH (audit:Audit)
WHERE
  audit.number > 0
  AND ($deleted OR audit.deletedAt IS NULL)
  AND coalesce(audit.goal = $goal, $goal IS NULL)
  AND coalesce(audit.strategy = $strategy, $strategy IS NULL)
WITH audit
ORDER BY audit[$sortKey], audit.number
WITH collect(audit) AS ascending
WITH CASE WHEN $descending THEN reverse(ascending) ELSE ascending END AS nodes
WITH nodes, coalesce([at IN range(0, size(nodes) - 1) WHERE nodes[at].uuid = $marker][0], -1) AS at
RETURN at >= 0 OR $marker IS NULL AS known, nodes[at + 1 .. at + 1 + $limit] AS nodes
