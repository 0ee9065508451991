// The position in the reverts of a plan that is rolled back, or of an alternative path that waits for reverts.
// Parameters: uuid: of the plan or path, round: a name for the reverts, if they have none yet.
// Rows: one; round: the name of the reverts, stored: the number of stored reverts, failure: of the plan (or null),
// actionsTotal: of the plan (or null).
CALL () {
  MATCH (plan:ActionPlan {uuid: $uuid})
  RETURN plan AS owner
  UNION ALL
  MATCH (path:AlternativePath {uuid: $uuid})
  RETURN path AS owner
}
SET owner.revertRound = coalesce(owner.revertRound, $round), owner.revertsStored = coalesce(owner.revertsStored, 0)
RETURN
  owner.revertRound AS round, owner.revertsStored AS stored, owner.failure AS failure, owner.actionsTotal AS actionsTotal
