// Remembers that a migration was applied.
// Parameters: name, checksum (SHA-256, hexadecimal), now (null: the database's clock).
// Rows: none.
CREATE (:Migration {name: $name, checksum: $checksum, appliedAt: coalesce($now, datetime.realtime())})
