// Counts the open parents of actions, and marks actions without any. For an action of an alternative path that is not open
// yet, the path counts as an open parent. The only statement that decides which parents are open: a parent is
// no longer open when it has succeeded, was skipped after its own parents, failed and is ignored, or was released.
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
    WHERE
      edge.replacedBy IS NULL AND parent.ignored IS NULL
      AND NOT coalesce(parent.released, parent.state IN ['SUCCEEDED', 'SKIPPED'])
  } AS unmet,
  path IS NOT NULL AND action.reverts IS NULL AS held
SET action.unmetParents = unmet + CASE WHEN held THEN 1 ELSE 0 END
WITH action
WHERE action.unmetParents = 0
SET action:Due
