// Marks the alternative paths as failed to which actions belong that have failed with nothing to stand in for them, and
// the paths within which those stood in.
// Parameters: now; failures: a list of maps with action (uuid), reason.
// Rows: one for each failed action that belongs to a path; action (uuid), path: its name.
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
