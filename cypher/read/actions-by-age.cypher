// A page of the matching actions, from the oldest on or from the latest back. Reads them in that order, plan by plan,
// until the page is full. The marker comes first, if it matches.
// Parameters: planUuid, auditUuid, state, actionType (each null: any), deleted: whether actions of deleted plans are
// included, descending: whether from the latest back, marker (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among the actions, uuids: the page.
OPTIONAL MATCH (marker:Action {uuid: $marker})
OPTIONAL MATCH (markers:ActionPlan {uuid: marker.planUuid})
OPTIONAL MATCH (only:ActionPlan {uuid: $planUuid})
WITH
  marker, markers,
  CASE
    WHEN $planUuid IS NOT NULL THEN coalesce(only.number, 9223372036854775807)
    WHEN $descending THEN -9223372036854775807
    ELSE coalesce(markers.number, -9223372036854775807)
  END AS first,
  CASE
    WHEN $planUuid IS NOT NULL THEN coalesce(only.number, -9223372036854775807)
    WHEN $descending THEN coalesce(markers.number, 9223372036854775807)
    ELSE 9223372036854775807
  END AS last
CALL (marker, markers, first, last) {
  CALL (marker, markers, first, last) {
    MATCH (plan:ActionPlan)
    WHERE first <= plan.number <= last AND NOT $descending
    WITH plan, marker, markers
    ORDER BY plan.number
    CALL (plan, marker, markers) {
      MATCH (action:Action {planUuid: plan.uuid})
      WHERE action.number >= CASE WHEN plan.uuid = markers.uuid THEN marker.number ELSE 0 END
      RETURN action
      ORDER BY action.planUuid, action.number
    }
    RETURN plan, action
    UNION ALL
    MATCH (plan:ActionPlan)
    WHERE first <= plan.number <= last AND $descending
    WITH plan, marker, markers
    ORDER BY plan.number DESC
    CALL (plan, marker, markers) {
      MATCH (action:Action {planUuid: plan.uuid})
      WHERE action.number <= CASE WHEN plan.uuid = markers.uuid THEN marker.number ELSE 9223372036854775807 END
      RETURN action
      ORDER BY action.planUuid DESC, action.number DESC
    }
    RETURN plan, action
  }
  WITH plan, action
  WHERE
    ($deleted OR plan.state <> 'DELETED')
    AND coalesce(plan.auditUuid = $auditUuid, $auditUuid IS NULL)
    AND coalesce(action.state = $state, $state IS NULL)
    AND coalesce(action.actionType = $actionType, $actionType IS NULL)
  WITH action
  LIMIT $limit + 1
  RETURN collect(action.uuid) AS found
}
RETURN
  $marker IS NULL OR coalesce(found[0] = $marker, false) AS known,
  CASE WHEN $marker IS NULL THEN found[..$limit] ELSE found[1..] END AS uuids
