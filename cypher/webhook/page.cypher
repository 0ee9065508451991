// The webhooks, in order: which come after a marker.
// Parameters: sortKey: a property, descending, marker (uuid, null: from the start), limit.
// Rows: one; known: whether the marker is among them, nodes: of the page.
MATCH (webhook:Webhook)
WHERE webhook.number > 0
WITH webhook
ORDER BY webhook[$sortKey], webhook.number
WITH collect(webhook) AS ascending
WITH CASE WHEN $descending THEN reverse(ascending) ELSE ascending END AS nodes
WITH nodes, coalesce([at IN range(0, size(nodes) - 1) WHERE nodes[at].uuid = $marker][0], -1) AS at
RETURN at >= 0 OR $marker IS NULL AS known, nodes[at + 1 .. at + 1 + $limit] AS nodes
