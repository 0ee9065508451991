// What ended attempts took, and what their actions have in common with others.
// Parameters: attempts: a list of maps with action (uuid), number; outcomes: the names of the outcomes that are wanted.
// Rows: one for each of these attempts, in order; actionType, revert: whether the action undoes another one, durationKey,
// estimated: the estimate of the action in seconds (or null), seconds: what the attempt took, succeeded.
UNWIND range(0, size($attempts) - 1) AS place
MATCH (action:Action {uuid: $attempts[place].action})
USING INDEX SEEK action:Action(uuid)
MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: $attempts[place].number})
WHERE attempt.outcome IN $outcomes AND attempt.finishedAt IS NOT NULL
RETURN
  action.actionType AS actionType, action.reverts IS NOT NULL AS revert, coalesce(action.durationKey, '') AS durationKey,
  action.estimatedSeconds AS estimated,
  (attempt.finishedAt.epochMillis - attempt.startedAt.epochMillis) / 1000.0 AS seconds,
  attempt.outcome = 'SUCCEEDED' AS succeeded
ORDER BY place
