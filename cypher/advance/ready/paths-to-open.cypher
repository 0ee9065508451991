// The alternative paths that were activated and wait for nothing any more. Of a plan that stops or is cancelled none is opened: it
// has nothing left to run, and what has succeeded is the roll-back's to revert.
// Parameters: none.
// Rows: one for each; path, plan (uuids), revert: whether what has succeeded is to be reverted first.
MATCH (path:AlternativePath {holding: true})
WHERE path.state = 'ONGOING' AND NOT EXISTS { (path)-[:AWAITS]->() }
MATCH (plan:ActionPlan {uuid: path.planUuid})
WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
RETURN path.uuid AS path, path.planUuid AS plan, path.revert AS revert
