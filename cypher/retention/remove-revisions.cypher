// Removes revisions of marked plans.
// Parameters: plans (uuids), limit.
// Rows: one; removed: how many.
UNWIND $plans AS uuid
MATCH (plan:Purging {uuid: uuid})-[:CHANGED]->(revision:Revision)
WITH revision
LIMIT $limit
CALL (revision) {
  MATCH (revision)-[:CONTINUES]->(part:RevisionPart)
  DETACH DELETE part
}
DETACH DELETE revision
RETURN count(*) AS removed
