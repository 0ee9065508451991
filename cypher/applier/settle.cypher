// Stores how attempts ended, and gives back what they held of resources. What does not match the stored applier and
// attempt is passed over.
// Parameters: now; settlements: a list of maps with action, applier, attempt, outcome, message, failed (0 or 1),
// interrupted (true or null), state, label, statusMessage, notBefore, ended (whether the action is over).
// Rows: one for each that was stored; action (uuid), applier, attempt, replaced: whether a path has taken its place, awaited:
// whether a path waits for its end.
UNWIND $settlements AS settlement
MATCH (action:Action {uuid: settlement.action})
WHERE action.state = 'ONGOING' AND action.applier = settlement.applier AND action.attempt = settlement.attempt
MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: settlement.attempt})
SET
  attempt.finishedAt = $now,
  attempt.outcome = settlement.outcome,
  attempt.message = settlement.message
REMOVE action:Ongoing, action.abort
SET
  action:$(settlement.label),
  action.state = settlement.state,
  action.statusMessage = settlement.statusMessage,
  action.failures = action.failures + settlement.failed,
  action.interrupted = CASE WHEN settlement.ended THEN null ELSE coalesce(settlement.interrupted, action.interrupted) END,
  action.notBefore = settlement.notBefore,
  action.finishedAt = CASE WHEN settlement.ended THEN $now END,
  action.updatedAt = $now
WITH action
OPTIONAL MATCH (action)<-[runs:RUNS]-()
DELETE runs
WITH action
OPTIONAL MATCH (action)-[holds:HOLDS]->(resource)
SET resource.used = resource.used - holds.units, resource.free = resource.free + holds.units
DELETE holds
RETURN DISTINCT
  action.uuid AS action, action.applier AS applier, action.attempt AS attempt, action.replacedBy IS NOT NULL AS replaced,
  EXISTS { (action)<-[:AWAITS]-() } AS awaited
