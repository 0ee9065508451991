// Marks the actions that successful reverts have reverted.
// Parameters: reverts: a list of uuids.
// Rows: none.
UNWIND $reverts AS uuid
MATCH (:Action {uuid: uuid})-[:REVERTS]->(undone:Action)
SET undone.reverted = true
