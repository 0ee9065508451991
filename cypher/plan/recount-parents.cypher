// Counts for how many parents the waiting actions of a plan wait. The first actions of a path that is not open wait as if
// for one more.
// Parameters: plan (uuid).
// Rows: none.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Pending)
SET action.unmetParents = COUNT {
  (action)-[edge:DEPENDS_ON]->(parent)
  WHERE edge.replacedBy IS NULL AND NOT parent.state IN ['SUCCEEDED', 'SKIPPED'] AND parent.ignored IS NULL
}
WITH action
MATCH (path:AlternativePath {uuid: action.pathUuid, holding: true})
WHERE action.unmetParents = 0 AND action.reverts IS NULL
SET action.unmetParents = 1
