// Takes the lock for the schema's migrations, until the transaction ends.
// Parameters: now (null: the database's clock).
// Rows: none.
MERGE (lock:MigrationLock {name: 'schema'})
SET lock.takenAt = coalesce($now, datetime.realtime())
