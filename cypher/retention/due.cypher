// Whether plans whose retention time has passed are to be looked for. Says so once an hour, to one of several services,
// and not while such a purge goes on.
// Parameters: now (null: the database's clock).
// Rows: one if they are; now.
WITH coalesce($now, datetime.realtime()) AS now
MATCH (retention:Retention {name: 'retention'})
SET retention.name = retention.name
WITH retention, now
WHERE
  retention.nextAt <= now
  AND NOT EXISTS {
    MATCH (purge:Purge {state: 'ONGOING'})
    WHERE purge.retention
  }
SET retention.nextAt = now + duration('PT1H')
RETURN now
