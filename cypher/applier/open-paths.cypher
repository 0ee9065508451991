// Opens alternative paths: their first actions become ready, or wait for the reverts that come before them.
// Parameters: now; paths: a list of uuids.
// Rows: none.
UNWIND $paths AS uuid
MATCH (path:AlternativePath {uuid: uuid})
REMOVE path.holding
SET path.openedAt = $now
WITH path
MATCH (path)-[:CONTAINS]->(first:Pending)
WHERE first.reverts IS NULL AND NOT EXISTS {
  (first)-[:DEPENDS_ON]->(parent)
  WHERE parent.reverts IS NULL
}
SET first.unmetParents = COUNT { (first)-[:DEPENDS_ON]->(parent) WHERE NOT parent.state IN ['SUCCEEDED', 'SKIPPED'] }
WITH first
WHERE first.unmetParents = 0
MATCH (plan:ActionPlan {uuid: first.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state = 'ONGOING' AND NOT plan.paused
REMOVE first:Pending
SET first:Ready, first.rank = first.priority, first.readyAt = $now
