// Marks the alternative paths as failed to which actions belong that have failed with nothing to stand in for them, and
// the paths within which those stood in.
// Parameters: now; failures: a list of maps with action (uuid), reason.
// Rows: one for each failed action that belongs to a path; action (uuid), path: its name.
UNWIND $failures AS failure
MATCH (:Action {uuid: failure.action}) (()<-[:CONTAINS]-(broken:AlternativePath)-[:ACTIVATED_BY]->())+ ()
WITH failure, broken
ORDER BY size(broken)
WITH failure, collect(broken)[0] AS own, collect(broken)[-1] AS broken
FOREACH (path IN [path IN broken WHERE path.state = 'ONGOING'] |
  SET path.state = 'FAILED', path.statusMessage = failure.reason, path.finishedAt = $now
  REMOVE path.holding
)
RETURN failure.action AS action, own[0].name AS path
