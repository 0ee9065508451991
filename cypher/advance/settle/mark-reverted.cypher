// Marks the actions that successful reverts have reverted, and counts them in their plans.
// Parameters: reverts: a list of uuids.
// Rows: none.
UNWIND $reverts AS uuid
MATCH (:Action {uuid: uuid})-[:REVERTS]->(undone:Action)
SET undone.reverted = true
WITH undone.planUuid AS uuid, count(*) AS reverted
MATCH (plan:ActionPlan {uuid: uuid})
SET
  plan.reverted = coalesce(plan.reverted, 0) + reverted,
  plan.reverts = coalesce(plan.reverts, 0) + reverted
