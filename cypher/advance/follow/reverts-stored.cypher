// Remembers how far the storing of reverts has come.
// Parameters: uuid: of the plan or of the path, stored: how many (null: all; there is nothing to remember).
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
