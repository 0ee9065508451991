// The next actions of marked plans that are to be removed.
// Parameters: plans (uuids), limit.
// Rows: one; actions (uuids), uses: those of them that use resources (uuids).
UNWIND $plans AS uuid
MATCH (plan:Purging {uuid: uuid})-[:CONTAINS]->(action:Action)
WITH action
LIMIT $limit
RETURN
  collect(action.uuid) AS actions,
  collect(CASE WHEN EXISTS { (action)-[:USES]->() } THEN action.uuid END) AS uses
