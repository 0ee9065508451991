// The usual durations of action types: the mean of the successful ones among the latest hundred ended actions of the
// type.
// Parameters: types: names.
// Rows: one for each type with a successful action; type, seconds.
UNWIND $types AS type
CALL (type) {
  MATCH (action:Action)
  WHERE action.actionType = type AND action.finishedAt IS NOT NULL
  RETURN action
  ORDER BY action.actionType DESC, action.finishedAt DESC
  LIMIT 100
}
WITH type, action
WHERE action.state = 'SUCCEEDED' AND action.startedAt IS NOT NULL
RETURN type, avg(action.finishedAt.epochMillis - action.startedAt.epochMillis) / 1000.0 AS seconds
