// The open parents of an action.
// Parameters: action (uuid), limit.
// Rows: one; total: the number of open parents, parents: the first of them in the order of the plan, maps of uuid, id,
// state, path (the name of the path that replaced the original parent, or null).
MATCH (:Action {uuid: $action})-[dependency:DEPENDS_ON]->(parent:Action)
WHERE
  dependency.replacedBy IS NULL
  AND NOT coalesce(parent.released, parent.state IN ['SUCCEEDED', 'SKIPPED'])
  AND parent.ignored IS NULL
WITH parent, dependency.via AS via
ORDER BY parent.number, parent.uuid
WITH
  parent,
  head([(parent)<-[:CONTAINS]-(path:AlternativePath) WHERE path.uuid = via | path.name]) AS path
RETURN
  count(*) AS total,
  collect({uuid: parent.uuid, id: parent.id, state: parent.state, path: path})[..$limit] AS parents
