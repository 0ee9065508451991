// Deletes a webhook: it is told nothing any more.
// Parameters: uuid.
// Rows: none, or one; uuid.
MATCH (webhook:Webhook {uuid: $uuid})
WITH webhook, webhook.uuid AS uuid
DELETE webhook
RETURN uuid
