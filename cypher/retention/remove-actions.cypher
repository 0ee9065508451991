// Removes actions of marked plans with their attempts.
// Parameters: actions (uuids).
// Rows: one; removed: how many.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
CALL (action) {
  MATCH (action)-[:ATTEMPTED]->(attempt:Attempt)
  DETACH DELETE attempt
}
DETACH DELETE action
RETURN count(*) AS removed
