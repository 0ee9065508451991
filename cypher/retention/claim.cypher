// Claims a purge. It is locked before its state is read, so that only one of several claims succeeds.
// Parameters: uuid, holder, lease (a duration), now (null: the database's clock).
// Rows: none if another service holds it, or it has ended; else one; purge: its properties.
MATCH (purge:Purge {uuid: $uuid})
SET purge.fence = purge.fence
WITH purge, coalesce($now, datetime.realtime()) AS now
WHERE purge.state = 'ONGOING' AND coalesce(purge.heldUntil < now, true)
SET purge.holder = $holder, purge.heldUntil = now + $lease, purge.fence = purge.fence + 1
RETURN properties(purge) AS purge
