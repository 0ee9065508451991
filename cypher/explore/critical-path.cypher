// The critical path of a plan: the chain of actions that takes longest by the estimates. One of them, if there are
// several. An action without an estimate counts as one second.
// It follows the stored priorities (the longest way to the end, in seconds) from parent to child, so that it looks at
// few paths however many there are.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each action on it, in order; place, id, actionType, state, estimatedSeconds, remainingSeconds (until the
// end of the plan), seconds (which its attempts took so far), uuid.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(root:Action)
WITH root
ORDER BY root.priority DESC, root.number
LIMIT 1
MATCH path = SHORTEST 1 (root)
  (
    (parent:Action)<-[:DEPENDS_ON]-(child:Action)
    WHERE abs(parent.priority - coalesce(parent.estimatedSeconds, 1.0) - child.priority) < 0.000001
  )*
  (end:Action)
WHERE end.priority - coalesce(end.estimatedSeconds, 1.0) < 0.000001
WITH nodes(path) AS actions
UNWIND range(0, size(actions) - 1) AS place
WITH place, actions[place] AS action
RETURN
  place,
  action.id AS id,
  action.actionType AS actionType,
  action.state AS state,
  coalesce(action.estimatedSeconds, 1.0) AS estimatedSeconds,
  action.priority AS remainingSeconds,
  duration.inSeconds(action.startedAt, coalesce(action.finishedAt, datetime())).milliseconds / 1000.0 AS seconds,
  action.uuid AS uuid
ORDER BY place
