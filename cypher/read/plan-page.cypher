// A page of the matching plans in sort order.
// Parameters: state, auditUuid, strategy (uuid or name), name, search: a part of the name or the beginning of the uuid
// (each null: any), deleted: whether deleted plans are included, sortKey: a property, descending, marker (uuid, null:
// from the start), limit.
// Rows: one; known: whether the marker is among the plans, uuids: the page.
MATCH (plan:ActionPlan)
WHERE
  ($deleted OR plan.state <> 'DELETED')
  AND coalesce(plan.state = $state, $state IS NULL)
  AND coalesce(plan.auditUuid = $auditUuid, $auditUuid IS NULL)
  AND ($strategy IS NULL OR $strategy IN [plan.strategyUuid, plan.strategyName])
  AND coalesce(plan.name = $name, $name IS NULL)
  AND ($search IS NULL OR toLower(plan.name) CONTAINS toLower($search) OR plan.uuid STARTS WITH toLower($search))
WITH plan
ORDER BY plan[$sortKey], plan.number
WITH collect(plan.uuid) AS ascending
WITH CASE WHEN $descending THEN reverse(ascending) ELSE ascending END AS uuids
WITH uuids, coalesce([at IN range(0, size(uuids) - 1) WHERE uuids[at] = $marker][0], -1) AS at
RETURN at >= 0 OR $marker IS NULL AS known, uuids[at + 1 .. at + 1 + $limit] AS uuids
