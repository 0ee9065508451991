// The activated alternative paths that wait for nothing any more. Paths of stopping and cancelled plans are excluded:
// such plans have nothing left to run, and a roll-back reverts their succeeded actions.
// Parameters: none.
// Rows: one for each path; path, plan (uuids), revert: whether succeeded actions must be reverted first.
MATCH (path:AlternativePath {holding: true})
WHERE path.state = 'ONGOING' AND NOT EXISTS { (path)-[:AWAITS]->() }
MATCH (plan:ActionPlan {uuid: path.planUuid})
WHERE plan.state = 'ONGOING' AND plan.stopping IS NULL
RETURN path.uuid AS path, path.planUuid AS plan, path.revert AS revert
