// Adds to the progress of a purge, and extends its claim.
// Parameters: uuid, fence: of the claim, plans, actions: how many are removed now, lease (a duration), now (null: the
// database's clock).
// Rows: one if the claim is still valid; uuid.
MATCH (purge:Purge {uuid: $uuid})
SET purge.fence = purge.fence
WITH purge, coalesce($now, datetime.realtime()) AS now
WHERE purge.fence = $fence AND purge.state = 'ONGOING'
SET
  purge.removedPlans = purge.removedPlans + $plans,
  purge.removedActions = purge.removedActions + $actions,
  purge.updatedAt = CASE WHEN $plans + $actions > 0 THEN now ELSE purge.updatedAt END,
  purge.heldUntil = now + $lease
RETURN purge.uuid AS uuid
