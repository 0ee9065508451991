// Ends a purge: nothing is left to remove.
// Parameters: uuid, fence: of the claim, kept: the number of plans that webhooks were not told about, now (null: the
// database's clock).
// Rows: one if the claim is still valid; uuid.
MATCH (purge:Purge {uuid: $uuid})
SET purge.fence = purge.fence
WITH purge
WHERE purge.fence = $fence AND purge.state = 'ONGOING'
SET purge.state = 'SUCCEEDED', purge.kept = $kept, purge.finishedAt = coalesce($now, datetime.realtime())
REMOVE purge.heldUntil, purge.planUuids
RETURN purge.uuid AS uuid
