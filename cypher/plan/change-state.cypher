// Changes a plan's state, if it may change so. Compare and set: of many at once, one succeeds.
// Parameters: uuid, target: the new state, sources: the states from which it may be reached,
// revision (null: any): the plan's revision for which the change was meant, now (null: the database's clock).
// Rows: none if there is no such plan; else now, state: which it had, revision: which it had, changed: whether it has
// the new state.
WITH coalesce($now, datetime.realtime()) AS now
MATCH (plan:ActionPlan {uuid: $uuid})
WHERE plan.state <> 'DELETED'
WITH
  plan, now, plan.state AS state, plan.revision AS revision,
  plan.state IN $sources AND coalesce($revision = plan.revision, true) AS changed
SET
  plan.state = CASE WHEN changed THEN $target ELSE state END,
  plan.deletedAt = CASE WHEN changed AND $target = 'DELETED' THEN now END
RETURN now, state, revision, changed
