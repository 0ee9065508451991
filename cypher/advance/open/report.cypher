// Stores the progress and the request ids that running attempts have reported.
// Parameters: reports: a list of maps with action, applier, attempt, progress (0 to 1, or null), requestIds.
// Rows: one for each stored report; plan, action, path (uuids), id, attempt, progress (null: unchanged).
UNWIND $reports AS report
MATCH (action:Action {uuid: report.action})
USING INDEX SEEK action:Action(uuid)
WHERE action.state = 'ONGOING' AND action.applier = report.applier AND action.attempt = report.attempt
MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: report.attempt})
WITH action, attempt, report, CASE WHEN report.progress <> coalesce(attempt.progress, 0.0) THEN report.progress END AS progress
SET
  attempt.progress = coalesce(report.progress, attempt.progress),
  attempt.requestIds = CASE WHEN size(report.requestIds) > 0 THEN report.requestIds END
RETURN
  action.planUuid AS plan, action.uuid AS action, action.pathUuid AS path, action.id AS id, action.attempt AS attempt, progress
