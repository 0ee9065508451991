// Counts for how many parents actions wait, and marks those that wait for none. A first action of an alternative path that has not
// been opened waits for that, too. The only statement that knows which parents are complete.
// Parameters: actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
OPTIONAL MATCH (path:AlternativePath {uuid: action.pathUuid})
USING INDEX SEEK path:AlternativePath(uuid)
WHERE path.holding
WITH
  action,
  COUNT {
    (action)-[edge:DEPENDS_ON]->(parent)
    WHERE edge.replacedBy IS NULL AND NOT parent.state IN ['SUCCEEDED', 'SKIPPED'] AND parent.ignored IS NULL
  } AS unmet,
  path IS NOT NULL AND action.reverts IS NULL AS held
SET action.unmetParents = CASE WHEN unmet = 0 AND held THEN 1 ELSE unmet END
WITH action
WHERE action.unmetParents = 0
SET action:Due
