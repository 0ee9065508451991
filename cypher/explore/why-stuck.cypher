// Why a plan makes no progress: for each action that could be next, the reason why it waits, and problems of the plan
// itself.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each reason; reason, action (id, or null: the whole plan), since, detail. None if the plan has ended
// successfully.
MATCH (plan:ActionPlan {uuid: $plan})
CALL (plan) {
  WITH plan
  WHERE plan.paused
  RETURN 'the plan is paused' AS reason, null AS action, plan.updatedAt AS since, plan.statusMessage AS detail
  UNION ALL
  WITH plan
  WHERE NOT plan.state IN ['ONGOING', 'SUCCEEDED']
  RETURN
    'the plan is ' + plan.state AS reason, null AS action, coalesce(plan.updatedAt, plan.createdAt) AS since,
    coalesce(plan.statusMessage, CASE plan.state WHEN 'RECOMMENDED' THEN 'nobody has started it' END) AS detail
  UNION ALL
  WITH plan
  WHERE
    plan.state IN ['PENDING', 'ONGOING']
    AND NOT EXISTS {
      MATCH (lease:Lease)
      WHERE lease.until > datetime()
      MATCH (:Applier {id: lease.applier, state: 'ACTIVE'})
    }
  RETURN 'no applier is active' AS reason, null AS action, null AS since, 'start a service without --no-applier' AS detail
  UNION ALL
  MATCH (plan)-[:CONTAINS]->(action:Failed)
  RETURN 'failed' AS reason, action.id AS action, action.finishedAt AS since, action.statusMessage AS detail
  UNION ALL
  MATCH (plan)-[:CONTAINS]->(action:Ongoing)
  OPTIONAL MATCH (applier:Applier)-[:RUNS]->(action)
  OPTIONAL MATCH (lease:Lease {applier: applier.id})
  RETURN
    'runs' AS reason, action.id AS action, action.updatedAt AS since,
    'attempt ' + action.attempt + ' on ' + applier.id + ', lease until ' + toString(lease.until) AS detail
  UNION ALL
  MATCH (plan)-[:CONTAINS]->(action:Ready)
  OPTIONAL MATCH (resource:Resource {key: action.blockedBy})
  RETURN
    CASE WHEN resource IS NULL THEN 'waits for a free slot' ELSE 'waits for a resource' END AS reason,
    action.id AS action, action.readyAt AS since,
    resource.key + ': ' + resource.used + ' of ' + resource.capacity + ' used' AS detail
  UNION ALL
  MATCH (plan)-[:CONTAINS]->(action:Pending)
  WHERE action.unmetParents = 0 AND action.notBefore IS NOT NULL
  RETURN
    'waits for its next attempt' AS reason, action.id AS action, action.updatedAt AS since,
    'at ' + toString(action.notBefore) + coalesce(': ' + action.statusMessage, '') AS detail
}
RETURN reason, action, since, detail
ORDER BY reason, since
