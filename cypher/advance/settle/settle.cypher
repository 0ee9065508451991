// Stores the outcomes of attempts, releases their resources, and marks completed actions. An outcome that does not
// match the stored applier and attempt is ignored.
// Parameters: settlements: a list of maps with action, applier, attempt, outcome, message, failed (0 or 1), interrupted
// (true or null), state, label, statusMessage, notBefore, deadlineAt (both null: it has ended; deadlineAt also: it has no
// deadline), ended (whether the action has ended), complete.
// Rows: one for each stored outcome; action (uuid), applier, attempt, replaced: whether a path has replaced the action,
// awaited: whether a path waits for its end.
MATCH (gate:Gate {name: 'gate'})
WITH gate.now AS now
UNWIND $settlements AS settlement
MATCH (action:Action {uuid: settlement.action})
USING INDEX SEEK action:Action(uuid)
WHERE action.state = 'ONGOING' AND action.applier = settlement.applier AND action.attempt = settlement.attempt
MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: settlement.attempt})
SET
  attempt.finishedAt = now,
  attempt.outcome = settlement.outcome,
  attempt.message = settlement.message,
  attempt.inDoubt = settlement.interrupted
REMOVE action:Ongoing
SET
  action:$(settlement.label),
  action.state = settlement.state,
  action.statusMessage = settlement.statusMessage,
  action.failures = action.failures + settlement.failed,
  action.interrupted = CASE WHEN settlement.ended THEN null ELSE coalesce(settlement.interrupted, action.interrupted) END,
  action.notBefore = settlement.notBefore,
  action.deadlineAt = settlement.deadlineAt,
  action.abort = null,
  action.finishedAt = CASE WHEN settlement.ended THEN now END,
  action.updatedAt = now
WITH now, settlement, action
OPTIONAL MATCH (action)<-[runs:RUNS]-()
DELETE runs
WITH settlement, action
CALL (action) {
  MATCH (action)-[holds:HOLDS]->(resource)
  SET resource.used = resource.used - holds.units, resource.free = resource.free + holds.units
  DELETE holds
}
FOREACH (complete IN CASE WHEN settlement.complete THEN [action] ELSE [] END | SET complete:Completed)
RETURN
  settlement.action AS action, settlement.applier AS applier, settlement.attempt AS attempt,
  action.replacedBy IS NOT NULL AS replaced,
  EXISTS { (action)<-[:AWAITS]-() } AS awaited
