// Supersedes the recommended plans that were not started within an expiry time.
// Parameters: expiry (a duration), now (null: the database's clock).
// Rows: one for each superseded plan; plan (uuid), now.
WITH coalesce($now, datetime.realtime()) AS now
MATCH (old:ActionPlan {state: 'RECOMMENDED'})
WHERE old.createdAt < now - $expiry
SET
  old.state = 'SUPERSEDED',
  old.statusMessage = 'Superseded: it was recommended and not started for ' + toString($expiry) + '.',
  old.finishedAt = now
RETURN old.uuid AS plan, now
