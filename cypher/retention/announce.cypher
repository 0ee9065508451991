// Stores when the retention time begins to count: a day after the first start of a service with one. The first service
// decides, and restarts change nothing.
// Parameters: now (null: the database's clock).
// Rows: one; beginsAt, begun: whether that has passed.
WITH coalesce($now, datetime.realtime()) AS now
MERGE (retention:Retention {name: 'retention'})
  ON CREATE SET retention.beginsAt = now + duration('P1D'), retention.nextAt = now + duration('P1D')
RETURN retention.beginsAt AS beginsAt, retention.beginsAt <= now AS begun
