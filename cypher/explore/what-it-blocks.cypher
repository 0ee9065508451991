// The actions that an action delays: its descendants, and the actions of any plan that wait for a resource that it
// holds. For the effects of its failure use REST: GET /v1/actions/{id}/impact.
// Parameters: action (uuid).
//   :param action => '00000000-0000-0000-0000-000000000000'
// Rows: one for each delayed action, the nearest first; reason, plan (name), id, actionType, state, steps (the distance
// in the graph), priority (seconds from its start to the plan's end).
MATCH (action:Action {uuid: $action})
CALL (action) {
  MATCH way = (action)<-[:DEPENDS_ON*1..]-(descendant:Action)
  WHERE
    all(node IN nodes(way) WHERE NOT coalesce(node.released, node.state IN ['SUCCEEDED', 'SKIPPED']))
    AND all(dependency IN relationships(way) WHERE dependency.replacedBy IS NULL)
  WITH descendant, min(length(way)) AS steps
  RETURN 'depends on it' AS reason, descendant AS other, steps
  UNION ALL
  MATCH (action)-[:HOLDS]->(resource:Resource)
  MATCH (waiting:Ready {blockedBy: resource.key})
  USING INDEX SEEK waiting:Ready(blockedBy, priority)
  WHERE waiting.priority > -1.0
  RETURN 'waits for ' + resource.key AS reason, waiting AS other, null AS steps
}
MATCH (plan:ActionPlan {uuid: other.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
RETURN
  reason, plan.name AS plan, other.id AS id, other.actionType AS actionType, other.state AS state, steps,
  other.priority AS priority
ORDER BY reason, steps, priority DESC
