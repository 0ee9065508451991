// Whether there is a plan with a uuid: stored, being stored, or being removed.
// Parameters: uuid.
// Rows: one; exists.
RETURN
  EXISTS { MATCH (plan:ActionPlan {uuid: $uuid}) }
  OR EXISTS { MATCH (plan:Draft {uuid: $uuid}) }
  OR EXISTS { MATCH (plan:Purging {uuid: $uuid}) } AS exists
