// A page of the matching plans, from the oldest on or from the latest back. Reads them in that order until the page is
// full. The marker comes first, if it matches.
// Parameters: state, auditUuid, strategy (uuid or name), name, search: a part of the name or the beginning of the uuid
// (each null: any), deleted: whether deleted plans are included, descending: whether from the latest back, marker
// (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among the plans, uuids: the page.
OPTIONAL MATCH (marker:ActionPlan {uuid: $marker})
CALL (marker) {
  CALL (marker) {
    MATCH (plan:ActionPlan)
    WHERE plan.number >= coalesce(marker.number, -9223372036854775807) AND NOT $descending
    RETURN plan
    ORDER BY plan.number
    UNION ALL
    MATCH (plan:ActionPlan)
    WHERE plan.number <= coalesce(marker.number, 9223372036854775807) AND $descending
    RETURN plan
    ORDER BY plan.number DESC
  }
  WITH plan
  WHERE
    ($deleted OR plan.state <> 'DELETED')
    AND coalesce(plan.state = $state, $state IS NULL)
    AND coalesce(plan.auditUuid = $auditUuid, $auditUuid IS NULL)
    AND ($strategy IS NULL OR $strategy IN [plan.strategyUuid, plan.strategyName])
    AND coalesce(plan.name = $name, $name IS NULL)
    AND ($search IS NULL OR toLower(plan.name) CONTAINS toLower($search) OR plan.uuid STARTS WITH toLower($search))
  WITH plan
  LIMIT $limit + 1
  RETURN collect(plan.uuid) AS found
}
RETURN
  $marker IS NULL OR coalesce(found[0] = $marker, false) AS known,
  CASE WHEN $marker IS NULL THEN found[..$limit] ELSE found[1..] END AS uuids
