// Claims ready actions for an applier.
// Parameters: now, applier; actions: a list of uuids.
// Rows: one; claimed: the number of claimed actions.
MATCH (me:Applier {id: $applier})
USING INDEX SEEK me:Applier(id)
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
WHERE action.state = 'PENDING'
REMOVE action:Ready
SET
  action:Ongoing,
  action.state = 'ONGOING',
  action.applier = $applier,
  action.attempt = action.attempt + 1,
  action.startedAt = coalesce(action.startedAt, $now),
  action.updatedAt = $now,
  action.rank = null,
  action.blockedBy = null,
  action.blockedRank = null,
  action.blockedUnits = null,
  action.notBefore = null,
  action.deadlineAt = null,
  action.statusMessage = null
CREATE (me)-[:RUNS]->(action)
CREATE (action)-[:ATTEMPTED]->(:Attempt {
  name: 'attempt ' + action.attempt, number: action.attempt, applier: $applier, startedAt: $now
})
RETURN count(*) AS claimed
