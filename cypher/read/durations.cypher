// How long actions of these types took: the mean of those that succeeded among the latest hundred that have ended.
// Parameters: types: names.
// Rows: one for each type of which some have succeeded; type, seconds.
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
