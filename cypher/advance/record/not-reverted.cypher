// The result of a roll-back.
// Parameters: plan (uuid), limit: the maximum number of listed actions.
// Rows: one; succeeded: the number of actions that had succeeded, total: the number of those that were not reverted,
// left: the first of these, a list of maps with id, reason (or null).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(undone:Action:Succeeded)
WHERE undone.reverts IS NULL AND undone.inFinally IS NULL
WITH undone
ORDER BY undone.number
WITH count(*) AS succeeded, collect(CASE WHEN undone.reverted IS NULL THEN undone END) AS left
RETURN
  succeeded, size(left) AS total,
  [undone IN left[..$limit] | {
    id: undone.id,
    reason: COLLECT {
      MATCH (undone)<-[:REVERTS]-(revert:Action)
      WITH revert
      ORDER BY revert.number DESC
      LIMIT 1
      RETURN CASE WHEN revert:Failed OR revert:Skipped THEN coalesce(revert.statusMessage, revert.state) END
    }[0]
  }] AS left
