// Takes a webhook for one that will tell it what happened. It is locked before it is looked at: of several that want it one gets it.
// Parameters: now (null: the database's clock), uuid, holder, lease (a duration).
// Rows: none if another one has it; else one; webhook.
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
