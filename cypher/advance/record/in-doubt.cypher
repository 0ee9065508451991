// The actions of a plan whose last attempts ended with an unknown outcome, so that nobody knows whether there is something
// to revert.
// Parameters: plan (uuid), limit: the maximum number of listed actions.
// Rows: one; total: the number of these actions, doubtful: the first of them, a list of maps with id, reason.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE (action:Failed OR action:Cancelled) AND action.attempt > 0 AND action.reverts IS NULL
MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: action.attempt})
WHERE attempt.inDoubt
WITH action, attempt
ORDER BY action.number
WITH collect({id: action.id, reason: attempt.message}) AS doubtful
RETURN size(doubtful) AS total, doubtful[..$limit] AS doubtful
