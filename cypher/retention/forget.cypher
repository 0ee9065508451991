// Removes purges that ended more than 90 days ago.
// Parameters: now (null: the database's clock).
// Rows: one; removed: how many.
WITH coalesce($now, datetime.realtime()) - duration('P90D') AS before
MATCH (purge:Purge {state: 'SUCCEEDED'})
WHERE purge.finishedAt < before
DELETE purge
RETURN count(*) AS removed
