// When the actions of a plan ran, in the order in which they started; those that have not, in the order in which they are
// thought to.
// Parameters: plan (uuid), offset, limit.
// Rows: one for each action; uuid, id, actionType, state, estimatedStart (seconds after the plan's start, or null),
// attempts: in order, with number, startedAt, finishedAt, outcome and progress.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WITH action
ORDER BY action.startedAt, action.estimatedStartSeconds, action.number
SKIP toInteger($offset) LIMIT toInteger($limit)
RETURN
  action.uuid AS uuid, action.id AS id, action.actionType AS actionType, action.state AS state,
  action.estimatedStartSeconds AS estimatedStart,
  COLLECT {
    MATCH (action)-[:ATTEMPTED]->(attempt:Attempt)
    RETURN attempt {.number, .startedAt, .finishedAt, .outcome, .progress}
    ORDER BY attempt.number
  } AS attempts
ORDER BY action.startedAt, action.estimatedStartSeconds, action.number
