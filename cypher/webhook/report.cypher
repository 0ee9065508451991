// Stores the position of a webhook's delivery. Without a lease the claim is released.
// Parameters: now (null: the database's clock), uuid, fence: of the claim; turn, revisions, occurrences: the position
// of the next event; delivered: the number of events delivered since the last report; failure: why the next event was
// not accepted (null: no failure); wait: the time until the next try (a duration, or null), gone: whether the receiver
// has answered 410 Gone; lease (a duration, or null).
// Rows: one if the claim is still valid; uuid.
MATCH (webhook:Webhook {uuid: $uuid})
SET webhook.fence = webhook.fence
WITH webhook, coalesce($now, datetime.realtime()) AS now
WHERE webhook.fence = $fence
SET
  webhook.turn = $turn,
  webhook.revisions = $revisions,
  webhook.occurrences = $occurrences,
  webhook.delivered = webhook.delivered + $delivered,
  webhook.deliveredAt = CASE WHEN $delivered > 0 THEN now ELSE webhook.deliveredAt END,
  webhook.failures = CASE
    WHEN $failure IS NOT NULL THEN CASE WHEN $delivered > 0 THEN 1 ELSE webhook.failures + 1 END
    WHEN $delivered > 0 THEN 0
    ELSE webhook.failures
  END,
  webhook.lastError = coalesce($failure, webhook.lastError),
  webhook.failedAt = CASE WHEN $failure IS NOT NULL THEN now ELSE webhook.failedAt END,
  webhook.notBefore = now + $wait,
  webhook.state = CASE WHEN $gone THEN 'GONE' ELSE webhook.state END,
  webhook.heldUntil = now + $lease
RETURN webhook.uuid AS uuid
