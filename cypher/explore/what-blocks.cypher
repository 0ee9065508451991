// What keeps an action from starting: actions before it, a resource, a time, or its plan.
// Parameters: action (uuid).
//   :param action => '00000000-0000-0000-0000-000000000000'
// Rows: one for each reason; reason, what (an action's id, a resource's key, a time or a plan's name), state, steps
// (how far away in the graph, where that makes sense), detail. None if nothing does.
MATCH (action:Action {uuid: $action})
WHERE action.state = 'PENDING'
CALL (action) {
  MATCH path = (action)-[:DEPENDS_ON*1..]->(ancestor:Action)
  WHERE all(node IN nodes(path) WHERE NOT node.state IN ['SUCCEEDED', 'SKIPPED'])
  WITH ancestor, min(length(path)) AS steps
  RETURN
    'depends on an action' AS reason, ancestor.id AS what, ancestor.state AS state, steps,
    ancestor.statusMessage AS detail
  UNION ALL
  MATCH (resource:Resource {key: action.blockedBy})
  OPTIONAL MATCH (holder:Action)-[holds:HOLDS]->(resource)
  RETURN
    'waits for a resource' AS reason, resource.key AS what, resource.used + ' of ' + resource.capacity + ' used' AS state,
    null AS steps, 'held by ' + holder.id + ' (' + holds.units + ')' AS detail
  UNION ALL
  WITH action
  WHERE action.notBefore > datetime()
  RETURN
    'waits for its time' AS reason, toString(action.notBefore) AS what, null AS state, null AS steps,
    action.statusMessage AS detail
  UNION ALL
  MATCH (plan:ActionPlan {uuid: action.planUuid})
  WHERE plan.paused OR plan.state <> 'ONGOING'
  RETURN
    'its plan does not run' AS reason, plan.name AS what, plan.state AS state, null AS steps,
    CASE WHEN plan.paused THEN 'paused' ELSE plan.statusMessage END AS detail
}
RETURN reason, what, state, steps, detail
ORDER BY reason, steps, what
