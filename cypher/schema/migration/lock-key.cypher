// Lets there be only one lock for the schema's migrations.
// Parameters: none.
// Rows: none.
CREATE CONSTRAINT migration_lock_name IF NOT EXISTS FOR (lock:MigrationLock) REQUIRE lock.name IS UNIQUE
