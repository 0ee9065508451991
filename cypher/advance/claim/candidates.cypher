// The first ready actions of the plans that may start some, without those that wait for a resource: the plans by
// priority, then the fewest slots in use, then the longest remaining path; the actions of a plan by remaining path,
// reverts first. If the slots are shared fairly, no plan can get more of them than it has actions here.
// Parameters: slots: the number of free slots; plans: the maximum number of plans; ended: a map from plan (uuid) to the
// number of slots that it has released in this advance.
// Rows: one for each action; plan (uuid), planName, onFailure: the policy of the plan, priority: of the plan, running:
// the number of its running actions before this advance, action: its properties (null: the plan has none), demands: a
// list of maps with key, units, free, capacity (null: no limit), longest: by which the plan is queued, next:
// the rank of the plan's next action (null: it has none).
CALL () {
  MATCH (plan:ActionPlan)
  USING INDEX SEEK plan:ActionPlan(queueClass, queueIdle, queueLongest)
  WHERE
    plan.queueClass > -1000.0 AND plan.queueIdle IS NOT NULL AND plan.queueLongest IS NOT NULL
    AND plan.state = 'ONGOING'
    AND NOT plan.paused
    AND NOT coalesce(plan.change, '') IN ['PAUSING', 'CANCELLING']
  WITH plan
  ORDER BY plan.queueClass DESC, plan.queueIdle DESC, plan.queueLongest DESC
  LIMIT $plans
  RETURN plan
  UNION
  UNWIND keys($ended) AS uuid
  MATCH (plan:ActionPlan {uuid: uuid})
  WHERE
    plan.queueClass IS NOT NULL
    AND plan.state = 'ONGOING'
    AND NOT plan.paused
    AND NOT coalesce(plan.change, '') IN ['PAUSING', 'CANCELLING']
  RETURN plan
}
WITH plan, plan.queueIdle + coalesce($ended[plan.uuid], 0) AS idle
ORDER BY plan.queueClass DESC, idle DESC, plan.queueLongest DESC
WITH collect(plan) AS plans
UNWIND range(0, size(plans) - 1) AS place
WITH plans[place] AS plan, ($slots + place) / (place + 1) AS most
CALL (plan) {
  MATCH (action:Ready {planUuid: plan.uuid})
  USING INDEX SEEK action:Ready(planUuid, rank)
  WHERE
    action.rank > CASE WHEN plan.stopping IS NULL THEN -1.0 ELSE 1.0e9 - 1.0 END
    AND (plan.stopping IS NULL OR action.pathUuid IS NULL)
  WITH action
  ORDER BY action.planUuid DESC, action.rank DESC
  LIMIT $slots + 1
  RETURN collect(action) AS actions
}
WITH plan, actions, most, CASE WHEN size(actions) = 0 THEN [null] ELSE actions[..most] END AS first
UNWIND first AS action
OPTIONAL MATCH (type:Resource {key: 'action_type/' + action.actionType})
RETURN
  plan.uuid AS plan, plan.name AS planName, plan.onFailure AS onFailure, coalesce(plan.priority, 0) AS priority,
  plan.ongoing AS running, properties(action) AS action,
  [(action)-[uses:USES]->(resource) |
    {key: resource.key, units: uses.units, free: resource.free, capacity: resource.capacity}] +
  CASE
    WHEN type IS NULL THEN []
    ELSE [{key: type.key, units: 1, free: type.free, capacity: type.capacity}]
  END AS demands,
  plan.queueLongest AS longest, actions[most].rank AS next
