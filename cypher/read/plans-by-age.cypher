// The plans that fit, from the oldest on or from the latest back: which come after a marker. They are looked at in that
// order until there are enough. The marker is the first of those from it on, if it fits.
// Parameters: state, auditUuid, strategy (uuid or name), name, search: what the name has in
// it or the uuid begins with (each null: any), deleted: whether deleted plans are
// shown, descending: whether from the latest back, marker (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among them, uuids: of the page.
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
