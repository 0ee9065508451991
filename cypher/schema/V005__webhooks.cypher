// Keys and look-ups for webhooks, and the order of all that is kept of changes: by the gate's turn in which it happened.
CREATE CONSTRAINT webhook_uuid IF NOT EXISTS FOR (webhook:Webhook) REQUIRE webhook.uuid IS UNIQUE;
CREATE INDEX webhook_number IF NOT EXISTS FOR (webhook:Webhook) ON (webhook.number);
CREATE INDEX webhook_state IF NOT EXISTS FOR (webhook:Webhook) ON (webhook.state);
CREATE INDEX revision_turn IF NOT EXISTS FOR (revision:Revision) ON (revision.turn);
