// The actions of a plan that have not ended, that no alternative path can replace, and on which everything later depends:
// they are alone in their layer, and whatever comes after has a chain of parents through every layer before it.
// By the graph as the plan was stored: what an activated path has changed since is not seen.
// Parameters: plan (uuid).
//   :param plan => '00000000-0000-0000-0000-000000000000'
// Rows: one for each such action, in order; id, actionType, state, layer, attemptsLeft, dependents (how many actions
// that are not over depend on it), others (how many more are not over), uuid.
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
