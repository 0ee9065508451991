// The number of plans and actions that a purge removes, and of the plans that it keeps until webhooks were told about
// their changes.
// Parameters: before (a time), states; plans: only these (uuids; null: any).
// Rows: one; plans, actions, kept.
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
WITH
  plan,
  untold IS NULL OR NOT EXISTS {
    MATCH (last:Revision {planUuid: plan.uuid, number: plan.revision})
    WHERE last.turn >= untold
  } AS told
WHERE plan.change IS NULL AND coalesce(plan.restoredAt < $before, true)
RETURN
  count(CASE WHEN told THEN 1 END) AS plans,
  sum(CASE WHEN told THEN plan.actionsTotal ELSE 0 END) AS actions,
  count(CASE WHEN NOT told THEN 1 END) AS kept
