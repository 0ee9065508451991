// Deletes a webhook.
// Parameters: uuid.
// Rows: none, or one; uuid.
MATCH (webhook:Webhook {uuid: $uuid})
WITH webhook, webhook.uuid AS uuid
DELETE webhook
RETURN uuid
