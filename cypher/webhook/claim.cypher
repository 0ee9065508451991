// Takes a webhook for one that will tell it what happened. Whoever holds the gate sees all turns before as they ended:
// what is told is what happened up to then.
// Parameters: now (null: the database's clock), uuid, holder, lease (a duration).
// Rows: none if another one has it; else one; webhook, until: the last turn that has ended.
MATCH (gate:Gate {name: 'gate'})
WITH gate.turn AS until, coalesce($now, datetime.realtime()) AS now
MATCH (webhook:Webhook {uuid: $uuid, state: 'ACTIVE'})
WHERE coalesce(webhook.heldUntil < now, true) AND coalesce(webhook.notBefore <= now, true)
SET
  webhook.holder = $holder,
  webhook.heldUntil = now + $lease,
  webhook.fence = webhook.fence + 1
RETURN webhook, until
