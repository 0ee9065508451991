// The alternative paths that replace an action, and the path that it belongs to.
// Parameters: action (uuid).
// Rows: none or one; standIns: those paths, own: its path or null, replaced: the uuid of an action that its path
// replaces.
MATCH (action:Action {uuid: $action})
OPTIONAL MATCH (action)<-[:CONTAINS]-(own:AlternativePath)
RETURN
  [(action)<-[:REPLACES]-(path:AlternativePath) | path] AS standIns,
  own,
  head(COLLECT {
    MATCH (own)-[:ACTIVATED_BY]->(failed:Action)
    RETURN failed.uuid
  } + COLLECT {
    MATCH (own)-[:REPLACES]->(replaced:Action)
    RETURN replaced.uuid
    LIMIT 1
  }) AS replaced
