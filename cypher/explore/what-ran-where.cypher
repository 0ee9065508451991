// The appliers that ran the actions of a plan.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each applier and outcome, the busiest first; applier, host, applierState, outcome (null: still
// running), attempts, seconds (total), actions (ids of up to ten).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)-[:ATTEMPTED]->(attempt:Attempt)
WITH
  attempt.applier AS applierId, attempt.outcome AS outcome, count(*) AS attempts, collect(action.id)[..10] AS actions,
  sum(
    duration.inSeconds(attempt.startedAt, coalesce(attempt.finishedAt, datetime())).milliseconds
  ) / 1000.0 AS seconds
OPTIONAL MATCH (applier:Applier {id: applierId})
RETURN
  applierId AS applier, applier.host AS host, applier.state AS applierState, outcome, attempts, seconds, actions
ORDER BY attempts DESC, applier, outcome
