// The plans that work on a compute host, or on any other resource that an action names as its resource_id.
// Parameters: host.
//   :param host => 'compute-1'
// Rows: one for each plan, the latest first; uuid, name, state, actions (the number of actions on it), unfinished (how
// many of them have not ended), ids (of up to ten of them).
CALL () {
  MATCH (:Resource {key: 'compute_host/' + $host})<-[:USES]-(action:Action)
  RETURN action
  UNION
  MATCH (action:Action {resourceId: $host})
  RETURN action
}
WITH action
ORDER BY action.number
WITH
  action.planUuid AS planUuid, count(*) AS actions, collect(action.id)[..10] AS ids,
  sum(CASE WHEN action.state IN ['PENDING', 'ONGOING', 'STANDBY'] THEN 1 ELSE 0 END) AS unfinished
MATCH (plan:ActionPlan {uuid: planUuid})
RETURN plan.uuid AS uuid, plan.name AS name, plan.state AS state, actions, unfinished, ids
ORDER BY plan.number DESC
