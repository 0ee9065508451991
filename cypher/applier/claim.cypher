// Claims ready actions for an applier.
// Parameters: now, applier; actions: a list of uuids.
// Rows: one for each action; action, onFailure: its plan's policy.
MATCH (me:Applier {id: $applier})
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
WHERE action.state = 'PENDING'
WITH me, action.planUuid AS planUuid, collect(action) AS actions
MATCH (plan:ActionPlan {uuid: planUuid})
UNWIND actions AS action
REMOVE action:Ready, action.rank, action.notBefore, action.statusMessage
SET
  action:Ongoing,
  action.state = 'ONGOING',
  action.applier = $applier,
  action.attempt = action.attempt + 1,
  action.startedAt = coalesce(action.startedAt, $now),
  action.updatedAt = $now
CREATE (me)-[:RUNS]->(action)
CREATE (action)-[:ATTEMPTED]->(:Attempt {
  name: 'attempt ' + action.attempt, number: action.attempt, applier: $applier, startedAt: $now
})
RETURN action, plan.onFailure AS onFailure
