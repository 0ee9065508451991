// Stores the position in the reverts of a plan or path.
// Parameters: uuid: of the plan or path, stored: the number of stored reverts (null: all are stored).
// Rows: none.
CALL () {
  MATCH (plan:ActionPlan {uuid: $uuid})
  RETURN plan AS owner
  UNION ALL
  MATCH (path:AlternativePath {uuid: $uuid})
  RETURN path AS owner
}
SET
  owner.revertsStored = $stored,
  owner.revertRound = CASE WHEN $stored IS NULL THEN null ELSE owner.revertRound END
