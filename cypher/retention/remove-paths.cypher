// Removes alternative paths of marked plans. Adds to the record of paths by the names of their plan and themselves and
// by the type of the action that they replace: how many there were, how many were activated, and how they ended.
// Parameters: plans (uuids), limit.
// Rows: one; removed: how many.
UNWIND $plans AS uuid
MATCH (plan:Purging {uuid: uuid})
MATCH (path:AlternativePath {planUuid: plan.uuid})
WITH plan, path
LIMIT $limit
CALL (plan, path) {
  MATCH (path)-[:REPLACES]->(action:Action)
  WITH DISTINCT plan, path, action.actionType AS replaces
  MERGE (record:PathRecord {plan: coalesce(plan.name, ''), path: path.name, replaces: replaces})
    ON CREATE SET record.name = path.name, record.paths = 0, record.taken = 0, record.paidOff = 0, record.failed = 0, record.ended = 0
  SET
    record.paths = record.paths + 1,
    record.taken = record.taken + CASE WHEN path.activatedAt IS NULL THEN 0 ELSE 1 END,
    record.paidOff = record.paidOff + CASE path.state WHEN 'SUCCEEDED' THEN 1 ELSE 0 END,
    record.failed = record.failed + CASE path.state WHEN 'FAILED' THEN 1 ELSE 0 END,
    record.ended = record.ended + CASE WHEN path.activatedAt IS NOT NULL AND path.state <> 'ONGOING' THEN 1 ELSE 0 END
}
DETACH DELETE path
RETURN count(*) AS removed
