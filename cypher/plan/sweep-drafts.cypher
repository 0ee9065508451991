// Deletes the remains of plans whose storing was interrupted, one batch at a time.
// Parameters: limit, now (null: the database's clock).
// Rows: one; swept: the number of deleted nodes; 0 if there are none left.
MATCH (draft:Draft)
WHERE draft.until < coalesce($now, datetime.realtime())
CALL (draft) {
  OPTIONAL MATCH (draft)-[:CONTAINS]->(action:Action)
  WITH action
  LIMIT $limit
  OPTIONAL MATCH (action)-[:ATTEMPTED]->(attempt:Attempt)
  DETACH DELETE attempt
  WITH DISTINCT action
  DETACH DELETE action
  RETURN count(action) AS actions
}
CALL (draft) {
  OPTIONAL MATCH (draft)-[:CHANGED]->(revision:Revision)
  WITH revision
  LIMIT $limit
  OPTIONAL MATCH (revision)-[:CONTINUES]->(part:RevisionPart)
  DETACH DELETE part
  WITH DISTINCT revision
  DETACH DELETE revision
  RETURN count(revision) AS revisions
}
CALL (draft) {
  OPTIONAL MATCH (path:AlternativePath {planUuid: draft.uuid})
  WITH path
  LIMIT $limit
  DETACH DELETE path
  RETURN count(path) AS paths
}
WITH draft, actions + revisions + paths AS parts
CALL (draft, parts) {
  WITH draft, parts
  WHERE parts = 0
  OPTIONAL MATCH (draft)-[:LIMITS]->(own:Resource {planUuid: draft.uuid})
  DETACH DELETE own
  WITH DISTINCT draft
  DETACH DELETE draft
  RETURN count(*) AS drafts
}
RETURN sum(parts + drafts) AS swept
