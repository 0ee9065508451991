// The failures in a plan: every attempt that did not succeed, and the current state of its action.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each such attempt, in order; at, id, actionType, attempt (its number), maxAttempts, outcome, message,
// applier, state (of the action now), nextAttempt (the time of the retry, or null).
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)-[:ATTEMPTED]->(attempt:Attempt)
WHERE attempt.outcome <> 'SUCCEEDED'
RETURN
  attempt.finishedAt AS at, action.id AS id, action.actionType AS actionType, attempt.number AS attempt,
  action.maxAttempts AS maxAttempts, attempt.outcome AS outcome, attempt.message AS message,
  attempt.applier AS applier, action.state AS state, action.notBefore AS nextAttempt
ORDER BY at, action.number
