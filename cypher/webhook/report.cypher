// Stores how far a webhook has been told. Without a lease the webhook is let go.
// Parameters: now (null: the database's clock), uuid, fence: of the claim; turn, revisions, occurrences: what is told next;
// delivered: how many were told since the last report; failure: why the next could not be told (null: nothing failed);
// wait: until it is tried again (a duration, or null), gone: whether the receiver has said that it is there no more;
// lease (a duration, or null).
// Rows: one if it is still the claim's; uuid.
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
