// Releases the claims of all webhooks. Only for a service that is alone on its database.
// Parameters: none.
// Rows: none.
MATCH (webhook:Webhook)
WHERE webhook.number > 0 AND webhook.heldUntil IS NOT NULL
SET webhook.fence = webhook.fence + 1
REMOVE webhook.heldUntil
