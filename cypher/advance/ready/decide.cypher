// Decides about undecided actions by the ends of their parents. An action is skipped if its trigger rule is one_failed and
// no parent has failed or was cancelled, or if all parents were skipped by their rules; else it may start. An ended action
// that blocked its children no longer does. Skipped and released actions are marked as completed. The children of skipped
// actions, and of actions that start only because of a failure, are decided about, too.
// Parameters: now, most: the maximum number of actions.
// Rows: one for each skipped action; plan, action, path (uuids), id, attempt, message.
MATCH (action:Undecided)
WITH action
LIMIT $most
REMOVE action:Undecided
WITH action
WHERE action.unmetParents = 0 AND (action:Pending OR action.released = false)
CALL (action) {
  OPTIONAL MATCH (action)-[edge:DEPENDS_ON]->(parent:Action)
  WHERE edge.replacedBy IS NULL
  RETURN
    count(parent) AS parents,
    count(CASE WHEN parent.skippedByRule THEN 1 END) AS skipped,
    count(CASE WHEN parent.state IN ['FAILED', 'CANCELLED'] THEN 1 END) AS failed,
    count(CASE WHEN parent.afterFailure THEN 1 END) AS after
}
WITH
  action,
  CASE
    WHEN action.released = false THEN 'RELEASE'
    WHEN parents > 0 AND skipped = parents THEN 'ALL_SKIPPED'
    WHEN action.triggerRule = 'one_failed' AND failed = 0 THEN 'NONE_FAILED'
    WHEN action.triggerRule = 'one_failed' OR (action.triggerRule IS NULL AND after > 0) THEN 'AFTER_FAILURE'
    ELSE 'START'
  END AS decision
WITH
  action, decision,
  CASE decision
    WHEN 'ALL_SKIPPED' THEN 'Skipped by its trigger rule: all of its parents were skipped by theirs.'
    WHEN 'NONE_FAILED' THEN 'Skipped by its trigger rule one_failed: none of its parents has failed.'
  END AS message
FOREACH (_ IN CASE WHEN decision = 'RELEASE' THEN [1] ELSE [] END | SET action.released = true, action:Completed)
FOREACH (_ IN CASE WHEN message IS NULL THEN [] ELSE [1] END |
  REMOVE action:Pending, action.deadlineAt, action.notBefore
  SET
    action:Skipped:Completed,
    action.state = 'SKIPPED',
    action.skippedByRule = true,
    action.statusMessage = message,
    action.finishedAt = $now,
    action.updatedAt = $now
)
FOREACH (_ IN CASE WHEN decision IN ['START', 'AFTER_FAILURE'] THEN [1] ELSE [] END | SET action:Due:Decided)
FOREACH (_ IN CASE WHEN decision = 'AFTER_FAILURE' THEN [1] ELSE [] END | SET action.afterFailure = true)
WITH action, message, decision
CALL (action, message, decision) {
  WITH action, message, decision
  WHERE message IS NOT NULL OR decision = 'AFTER_FAILURE'
  MATCH (action)<-[edge:DEPENDS_ON]-(child:Action)
  WHERE edge.replacedBy IS NULL
  SET child.decides = true
}
WITH action, message
WHERE message IS NOT NULL
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt, message
