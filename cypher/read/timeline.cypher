// When the actions of a plan ran, in the order in which they started; those that have not, in the order in which they are
// thought to.
// Parameters: plan (uuid), offset, limit.
// Rows: one for each action; action, attempts: a list of pairs of the relationship to an attempt, and the attempt.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WITH action
ORDER BY action.startedAt, action.estimatedStartSeconds, action.number
SKIP toInteger($offset) LIMIT toInteger($limit)
RETURN action, [(action)-[attempted:ATTEMPTED]->(attempt:Attempt) | [attempted, attempt]] AS attempts
ORDER BY action.startedAt, action.estimatedStartSeconds, action.number
