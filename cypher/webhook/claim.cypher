// Claims a webhook for delivery. It is locked before its state is read, so that only one of several claims succeeds.
// Parameters: now (null: the database's clock), uuid, holder, lease (a duration).
// Rows: none if another holder has it; else one; webhook.
MATCH (webhook:Webhook {uuid: $uuid})
SET webhook.fence = webhook.fence
WITH webhook, coalesce($now, datetime.realtime()) AS now
WHERE
  webhook.state = 'ACTIVE'
  AND coalesce(webhook.heldUntil < now, true)
  AND coalesce(webhook.notBefore <= now, true)
SET
  webhook.holder = $holder,
  webhook.heldUntil = now + $lease,
  webhook.fence = webhook.fence + 1
RETURN webhook
