// The first actions that wait for resources with free units: for each resource the plans by priority, then the fewest
// units of it in use, then the longest remaining path; and the action that units are kept for. Removes the mark of
// resources that no plan waits for.
// Parameters: slots: the number of free slots.
// Rows: one for each resource and plan: resource (key), kept: the uuid of the action that it is kept for (or null),
// used: the units in use: a list of maps with plan, units, and the same as in the candidates for the plan's first
// action (a null action: the plan no longer waits for the resource, or must not start anything).
MATCH (resource:Contended)
WHERE resource.free > 0 OR resource.free IS NULL
CALL (resource) {
  OPTIONAL MATCH (resource)<-[holds:HOLDS]-(holder:Action)
  WITH holder.planUuid AS plan, sum(holds.units) AS units
  RETURN [one IN collect({plan: plan, units: units}) WHERE one.plan IS NOT NULL] AS used
}
CALL (resource, used) {
  MATCH (resource)<-[waits:WAITS_FOR]-(plan:ActionPlan)
  WITH
    plan, waits,
    plan.state = 'ONGOING' AND NOT plan.paused AND NOT coalesce(plan.change, '') IN ['PAUSING', 'CANCELLING'] AS may,
    coalesce([one IN used WHERE one.plan = plan.uuid | one.units][0], 0) AS own
  ORDER BY may DESC, coalesce(plan.priority, 0) DESC, own, waits.longest DESC
  LIMIT $slots + 1
  WITH collect({plan: plan, may: may}) AS plans
  UNWIND range(0, size(plans) - 1) AS place
  WITH plans[place].plan AS plan, plans[place].may AS may, ($slots + 1 + place) / (place + 1) AS most
  CALL (resource, plan) {
    MATCH (action:Ready {blockedBy: resource.key, planUuid: plan.uuid})
    USING INDEX SEEK action:Ready(blockedBy, planUuid, blockedRank)
    WHERE
      action.blockedRank > CASE WHEN plan.stopping IS NULL THEN -1.0 ELSE 1.0e9 - 1.0 END
      AND (plan.stopping IS NULL OR action.pathUuid IS NULL)
    WITH action
    ORDER BY action.blockedBy DESC, action.planUuid DESC, action.blockedRank DESC
    LIMIT $slots + 1
    RETURN collect(action) AS actions
  }
  WITH plan, actions[..CASE WHEN may THEN most ELSE 0 END] AS first, size(actions) = 0 AS none
  UNWIND CASE WHEN size(first) = 0 THEN [null] ELSE first END AS action
  RETURN plan, action, none
  UNION
  MATCH (action:Action {uuid: resource.reservedFor})
  USING INDEX SEEK action:Action(uuid)
  WHERE action:Ready AND action.blockedBy <> resource.key
  MATCH (plan:ActionPlan {uuid: action.planUuid})
  WHERE plan.state = 'ONGOING' AND NOT plan.paused AND NOT coalesce(plan.change, '') IN ['PAUSING', 'CANCELLING']
  RETURN plan, action, false AS none
}
OPTIONAL MATCH (type:Resource {key: 'action_type/' + action.actionType})
RETURN
  resource.key AS resource, resource.reservedFor AS kept, used, none,
  plan.uuid AS plan, plan.name AS planName, plan.onFailure AS onFailure, coalesce(plan.priority, 0) AS priority,
  plan.ongoing AS running, properties(action) AS action,
  [(action)-[uses:USES]->(other) |
    {key: other.key, units: uses.units, free: other.free, capacity: other.capacity}] +
  CASE
    WHEN type IS NULL THEN []
    ELSE [{key: type.key, units: 1, free: type.free, capacity: type.capacity}]
  END AS demands
