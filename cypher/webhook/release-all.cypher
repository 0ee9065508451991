// Lets go all webhooks, where nobody else can be telling them anything.
// Parameters: none.
// Rows: none.
MATCH (webhook:Webhook)
WHERE webhook.number > 0 AND webhook.heldUntil IS NOT NULL
SET webhook.fence = webhook.fence + 1
REMOVE webhook.heldUntil
