// The alternative path of an action.
// Parameters: action (uuid), limit.
// Rows: none or one; path, awaited: the running actions that it waits for, replaced: the first actions that it
// replaces, each a map of uuid, id, state.
MATCH (:Action {uuid: $action})<-[:CONTAINS]-(path:AlternativePath)
RETURN
  path,
  COLLECT {
    MATCH (path)-[:AWAITS]->(awaited:Action {state: 'ONGOING'})
    WITH awaited
    ORDER BY awaited.number
    LIMIT $limit
    RETURN awaited {.uuid, .id, .state}
  } AS awaited,
  COLLECT {
    MATCH (path)-[:REPLACES]->(replaced:Action)
    WITH replaced
    ORDER BY replaced.number
    LIMIT $limit
    RETURN replaced {.uuid, .id, .state}
  } AS replaced
