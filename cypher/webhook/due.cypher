// The webhooks with pending events that are due and not claimed.
// Parameters: now (null: the database's clock).
// Rows: one for each; uuid.
WITH coalesce($now, datetime.realtime()) AS now
MATCH (webhook:Webhook {state: 'ACTIVE'})
WHERE
  coalesce(webhook.heldUntil < now, true)
  AND coalesce(webhook.notBefore <= now, true)
CALL (webhook) {
  MATCH (revision:Revision)
  WHERE revision.turn >= webhook.turn
  RETURN revision.turn AS next
  LIMIT 1
}
RETURN webhook.uuid AS uuid
