// Counts the open parents of actions, and marks actions without any. For a first action of an alternative path that is
// not open yet, the path counts as an open parent. The only statement that decides which parents are complete.
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
