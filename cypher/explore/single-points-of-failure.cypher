// The unfinished actions of a plan that no alternative path can replace and on which all later actions depend: each is
// alone in its layer, and every later action has a chain of parents through all layers before it. Uses the graph as the
// plan was stored, without the changes by activated paths.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each such action, in order; id, actionType, state, layer, attemptsLeft, dependents (the number of
// unfinished actions that depend on it), others (the number of other unfinished actions), uuid.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.pathUuid IS NULL AND action.reverts IS NULL
WITH action.layer AS layer, count(*) AS inLayer, collect(action) AS actions
ORDER BY layer
UNWIND actions AS action
WITH action, inLayer
WHERE action.state IN ['PENDING', 'ONGOING']
WITH collect({action: action, alone: inLayer = 1}) AS open
UNWIND range(0, size(open) - 1) AS place
WITH open[place].action AS action, open[place].alone AS alone, size(open) - 1 AS others, size(open) - 1 - place AS dependents
WHERE
  alone
  AND dependents > 0
  AND NOT EXISTS {
    MATCH (action)<-[:REPLACES]-(path:AlternativePath {state: 'STANDBY'})
  }
RETURN
  action.id AS id, action.actionType AS actionType, action.state AS state, action.layer AS layer,
  action.maxAttempts - action.failures AS attemptsLeft, dependents, others, action.uuid AS uuid
ORDER BY layer
