// Marks the alternative paths of failed actions without a replacement as failed, and the paths that contain them.
// Parameters: now; failures: a list of maps with action (uuid), reason.
// Rows: one for each failed action in a path; action (uuid), path: the path's name.
UNWIND $failures AS failure
MATCH (action:Action {uuid: failure.action})
MATCH (own:AlternativePath {uuid: action.pathUuid})
WITH own, collect(failure) AS failures
CALL (own, failures) {
  MATCH (own)-[:WITHIN]->*(broken:AlternativePath)
  WHERE broken.state = 'ONGOING'
  SET broken.state = 'FAILED', broken.statusMessage = failures[0].reason, broken.finishedAt = $now
  REMOVE broken.holding
}
UNWIND failures AS failure
RETURN failure.action AS action, own.name AS path
