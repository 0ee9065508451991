// A page of the matching actions in sort order. Reads one plan, one resource or all actions, depending on the filters.
// Parameters: planUuid, auditUuid, state, resourceId, actionType (each null: any), deleted: whether actions of deleted
// plans are included, sortKey: a property, descending, marker (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among the actions, uuids: the page.
CALL () {
  MATCH (plan:ActionPlan {uuid: $planUuid})-[:CONTAINS]->(action:Action)
  RETURN plan, action
  UNION ALL
  MATCH (action:Action {resourceId: $resourceId})
  WHERE $planUuid IS NULL
  WITH action
  ORDER BY action.resourceId
  MATCH (plan:ActionPlan {uuid: action.planUuid})
  RETURN plan, action
  UNION ALL
  MATCH (plan:ActionPlan)
  WHERE plan.number > 0 AND $planUuid IS NULL AND $resourceId IS NULL
  WITH plan
  ORDER BY plan.number
  MATCH (plan)-[:CONTAINS]->(action:Action)
  RETURN plan, action
}
WITH plan, action
WHERE
  ($deleted OR plan.state <> 'DELETED')
  AND coalesce(plan.auditUuid = $auditUuid, $auditUuid IS NULL)
  AND coalesce(action.state = $state, $state IS NULL)
  AND coalesce(action.resourceId = $resourceId, $resourceId IS NULL)
  AND coalesce(action.actionType = $actionType, $actionType IS NULL)
WITH plan, action
ORDER BY action[$sortKey], plan.number, action.number
WITH collect(action.uuid) AS ascending
WITH CASE WHEN $descending THEN reverse(ascending) ELSE ascending END AS uuids
WITH uuids, coalesce([at IN range(0, size(uuids) - 1) WHERE uuids[at] = $marker][0], -1) AS at
RETURN at >= 0 OR $marker IS NULL AS known, uuids[at + 1 .. at + 1 + $limit] AS uuids
