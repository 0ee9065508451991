// The plans that work on a compute host, or on any other resource that an action names as its resource_id.
// Parameters: host.
//   :param host => 'compute-1'
// Rows: one for each plan, the latest first; uuid, name, state, actions (the number of actions on it), unfinished (how
// many of them have not ended), standby (further ones in paths that were not activated), ids (of up to ten of them).
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
  action.planUuid AS planUuid,
  sum(CASE WHEN action.state <> 'STANDBY' THEN 1 ELSE 0 END) AS actions,
  collect(CASE WHEN action.state <> 'STANDBY' THEN action.id END)[..10] AS ids,
  sum(CASE WHEN action.state IN ['PENDING', 'ONGOING'] THEN 1 ELSE 0 END) AS unfinished,
  sum(CASE WHEN action.state = 'STANDBY' THEN 1 ELSE 0 END) AS standby
MATCH (plan:ActionPlan {uuid: planUuid})
RETURN plan.uuid AS uuid, plan.name AS name, plan.state AS state, actions, unfinished, standby, ids
ORDER BY plan.number DESC
