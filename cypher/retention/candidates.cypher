// The first plans that a purge removes: they ended (were deleted, or restored) before a time, and every webhook was told
// about their changes.
// Parameters: before (a time), states; plans: only these (uuids; null: any), limit.
// Rows: one for each; plan (uuid), actions: the number of its actions.
OPTIONAL MATCH (webhook:Webhook {state: 'ACTIVE'})
WITH min(webhook.turn) AS untold
CALL (untold) {
  UNWIND CASE WHEN $plans IS NULL THEN [state IN $states WHERE state <> 'DELETED'] ELSE [] END AS state
  MATCH (plan:ActionPlan {state: state})
  WHERE plan.finishedAt < $before
  RETURN plan
  UNION ALL
  UNWIND CASE WHEN $plans IS NULL THEN [state IN $states WHERE state = 'DELETED'] ELSE [] END AS state
  MATCH (plan:ActionPlan {state: state})
  WHERE plan.deletedAt < $before
  RETURN plan
  UNION ALL
  UNWIND coalesce($plans, []) AS uuid
  MATCH (plan:ActionPlan {uuid: uuid})
  WHERE
    plan.state IN $states
    AND coalesce(CASE WHEN plan.state = 'DELETED' THEN plan.deletedAt END, plan.finishedAt) < $before
  RETURN plan
}
WITH plan, untold
WHERE
  plan.change IS NULL
  AND coalesce(plan.restoredAt < $before, true)
  AND (untold IS NULL OR NOT EXISTS {
    MATCH (last:Revision {planUuid: plan.uuid, number: plan.revision})
    WHERE last.turn >= untold
  })
RETURN plan.uuid AS plan, plan.actionsTotal AS actions
LIMIT $limit
