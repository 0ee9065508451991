// The latest end of the plans that a purge removes.
// Parameters: olderThan (a duration), now (null: the database's clock).
// Rows: one; before.
RETURN coalesce($now, datetime.realtime()) - $olderThan AS before
