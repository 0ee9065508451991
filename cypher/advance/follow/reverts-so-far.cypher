// How far the storing of reverts has come: those of a plan that is rolled back, or those that come before an alternative path.
// Parameters: uuid: of the plan or of the path, round: a name for the reverts, if they have none yet.
// Rows: one; round: the name that they have, stored: how many are stored, failure: of the plan (or null), actionsTotal: of the plan
// (or null).
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
