// Stores a webhook. It is told of what happens from now on: in the turns of the gate after the latest that has ended.
// Parameters: now (null: the database's clock), number: the lock's, uuid, url, events: patterns of event types, secret.
// Rows: one; webhook.
MATCH (gate:Gate {name: 'gate'})
CREATE (webhook:Webhook {
  uuid: $uuid, url: $url, events: $events, secret: $secret, state: 'ACTIVE', number: $number,
  createdAt: coalesce($now, datetime.realtime()),
  turn: gate.turn + 1, revisions: 0, occurrences: 0,
  delivered: 0, failures: 0, fence: 0
})
RETURN webhook
