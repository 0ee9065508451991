// A webhook.
// Parameters: uuid.
// Rows: none or one; webhook.
MATCH (webhook:Webhook {uuid: $uuid})
RETURN webhook
