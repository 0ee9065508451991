// The critical path of a plan: the longest path by the estimated durations; one of them, if there are several. An
// action without an estimate counts as one second. Follows the stored remaining paths: a child is critical for its parent if
// it needs all of the time that remains after the parent. Therefore each action is visited once, however many paths
// there are. Shows the plan as it was stored; REST returns the remaining path, including activated alternative paths:
// GET /v1/action_plans/{id}/critical_path.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each action on it, in order; place, id, actionType, state, estimatedSeconds, remainingSeconds (until
// the end of the plan), seconds (from its first attempt to its end), uuid.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.pathUuid IS NULL AND action.reverts IS NULL
WITH action AS root
ORDER BY coalesce(root.remainingSeconds, root.priority) DESC, root.number
LIMIT 1
MATCH way = (root)<-[:DEPENDS_ON*0..]-(end:Action)
WHERE
  all(edge IN relationships(way) WHERE
    edge.via IS NULL
    AND abs(
      endNode(edge).remainingSeconds - coalesce(endNode(edge).estimatedSeconds, 1.0) - startNode(edge).remainingSeconds
    ) < 0.000001
  )
  AND end.remainingSeconds - coalesce(end.estimatedSeconds, 1.0) < 0.000001
WITH DISTINCT root, end
ORDER BY end.number
LIMIT 1
CALL (root, end) {
  WITH root, end
  WHERE root = end
  RETURN [root] AS actions
  UNION ALL
  WITH root, end
  WHERE root <> end
  MATCH path = shortestPath((root)<-[:DEPENDS_ON*]-(end))
  WHERE
    all(edge IN relationships(path) WHERE
      edge.via IS NULL
      AND abs(
        endNode(edge).remainingSeconds - coalesce(endNode(edge).estimatedSeconds, 1.0) - startNode(edge).remainingSeconds
      ) < 0.000001
    )
  RETURN nodes(path) AS actions
}
UNWIND range(0, size(actions) - 1) AS place
WITH place, actions[place] AS action
RETURN
  place,
  action.id AS id,
  action.actionType AS actionType,
  action.state AS state,
  coalesce(action.estimatedSeconds, 1.0) AS estimatedSeconds,
  action.remainingSeconds AS remainingSeconds,
  duration.inSeconds(action.startedAt, coalesce(action.finishedAt, datetime())).milliseconds / 1000.0 AS seconds,
  action.uuid AS uuid
ORDER BY place
