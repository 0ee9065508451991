// Why an action is not running: everything that blocks it, including its plan and its ancestors. REST gives a detailed
// answer: GET /v1/actions/{id}/explain.
// Parameters: action (uuid).
//   :param action => '00000000-0000-0000-0000-000000000000'
// Rows: one for each reason, the decisive one first; reason, what (an action's id, a resource's key, a path's name, a
// time or a plan's name), state, steps (the distance in the graph, where applicable), detail. None if the action runs,
// has ended successfully, or starts next.
MATCH (action:Action {uuid: $action})
MATCH (plan:ActionPlan {uuid: action.planUuid})
CALL (action, plan) {
  WITH action, plan
  WHERE action.state = 'PENDING' AND (plan.paused OR plan.state <> 'ONGOING')
  RETURN
    0 AS place, 'its plan does not run' AS reason, plan.name AS what, plan.state AS state, null AS steps,
    CASE WHEN plan.paused THEN 'paused' ELSE plan.statusMessage END AS detail
  UNION ALL
  WITH action, plan
  WHERE
    action.state = 'PENDING'
    AND NOT EXISTS {
      MATCH (lease:Lease)
      WHERE lease.until > datetime()
      MATCH (:Applier {id: lease.applier, state: 'ACTIVE'})
    }
  RETURN
    1 AS place, 'no applier is active' AS reason, null AS what, null AS state, null AS steps,
    'start a service without --no-applier' AS detail
  UNION ALL
  MATCH (action)<-[:CONTAINS]-(path:AlternativePath)
  WHERE action.state = 'STANDBY' OR (action.state = 'PENDING' AND path.holding)
  OPTIONAL MATCH (path)-[:AWAITS]->(awaited:Action)
  RETURN
    2 AS place,
    CASE action.state
      WHEN 'STANDBY' THEN 'nothing has called for its path'
      ELSE 'its path waits for what it replaces'
    END AS reason,
    path.name AS what, path.state AS state, null AS steps, awaited.id + ' runs still' AS detail
  UNION ALL
  WITH action, plan
  WHERE action.state = 'STANDBY' AND action.inFinally AND action.pathUuid IS NULL
  RETURN
    2 AS place, 'it is a finally action: others have not ended' AS reason, plan.name AS what, plan.state AS state,
    null AS steps, null AS detail
  UNION ALL
  MATCH way = (action)-[:DEPENDS_ON*1..]->(ancestor:Action)
  WHERE
    action.state = 'PENDING'
    AND all(node IN nodes(way) WHERE NOT coalesce(node.released, node.state IN ['SUCCEEDED', 'SKIPPED']))
    AND all(dependency IN relationships(way) WHERE dependency.replacedBy IS NULL)
  WITH ancestor, min(length(way)) AS steps
  RETURN
    3 AS place, 'depends on an action' AS reason, ancestor.id AS what, ancestor.state AS state, steps,
    ancestor.statusMessage AS detail
  UNION ALL
  WITH action
  WHERE action.state = 'PENDING' AND action.notBefore > datetime()
  RETURN
    4 AS place, 'waits for its time' AS reason, toString(action.notBefore) AS what, null AS state, null AS steps,
    action.statusMessage AS detail
  UNION ALL
  MATCH (action)-[uses:USES]->(resource:Resource)
  WITH
    action, resource,
    sum(uses.units) + CASE WHEN resource.key = 'action_type/' + action.actionType THEN 1 ELSE 0 END AS units
  WHERE action.state = 'PENDING' AND resource.free < units
  OPTIONAL MATCH (holder:Action)-[holds:HOLDS]->(resource)
  RETURN
    5 AS place, 'waits for a resource' AS reason, resource.key AS what,
    resource.used + ' of ' + resource.capacity + ' used' AS state, null AS steps,
    'held by ' + holder.id + ' (' + holds.units + ')' AS detail
  UNION ALL
  MATCH (resource:Resource {key: action.blockedBy})
  MATCH (first:Action {uuid: resource.reservedFor})
  WHERE first:Ready AND first <> action
  RETURN
    5 AS place, 'units are kept for another action' AS reason, resource.key AS what,
    resource.free + ' of ' + resource.capacity + ' free' AS state, null AS steps,
    'kept for ' + first.id + ' since ' + toString(resource.reservedSince) AS detail
  UNION ALL
  MATCH (resource:Resource {key: 'action_type/' + action.actionType})
  WHERE action.state = 'PENDING' AND resource.free < 1
  OPTIONAL MATCH (holder:Action)-[:HOLDS]->(resource)
  RETURN
    6 AS place, 'as many of its type run as may' AS reason, resource.key AS what,
    resource.used + ' of ' + resource.capacity + ' used' AS state, null AS steps, 'held by ' + holder.id AS detail
  UNION ALL
  WITH action
  WHERE
    action.rank IS NOT NULL
    AND NOT EXISTS {
      MATCH (applier:Applier {state: 'ACTIVE'})
      WHERE applier.maxConcurrentActions > COUNT { (applier)-[:RUNS]->() }
    }
  RETURN
    7 AS place, 'waits for a free slot' AS reason, null AS what, null AS state, null AS steps,
    'the active appliers run as much as they may' AS detail
  UNION ALL
  WITH action
  WHERE action.state IN ['SKIPPED', 'FAILED', 'CANCELLED']
  RETURN
    8 AS place, 'it is over' AS reason, null AS what, action.state AS state, null AS steps, action.statusMessage AS detail
}
WITH place, reason, what, state, steps, detail
ORDER BY place, steps, what
RETURN reason, what, state, steps, detail
