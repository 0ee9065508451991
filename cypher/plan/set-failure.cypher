// Stores the first of the remaining failures of a plan, after a failed action was skipped or is retried. Without one, no
// person has to decide any more. A plan that gave up on actions fails all the same.
// Parameters: plan (uuid), failure: a message (null: there is no failure).
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
OPTIONAL MATCH (path:AlternativePath {planUuid: $plan})
WHERE path.compensation AND path.state <> 'STANDBY'
WITH plan, count(path) > 0 AS gaveUp
SET
  plan.failure = CASE WHEN gaveUp AND $failure IS NULL THEN plan.failure ELSE $failure END,
  plan.awaitsDecision = CASE WHEN $failure IS NULL THEN null ELSE plan.awaitsDecision END
