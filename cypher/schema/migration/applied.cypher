// The migrations that were applied.
// Parameters: none.
// Rows: one for each; name, checksum (SHA-256, hexadecimal).
MATCH (migration:Migration)
RETURN migration.name AS name, migration.checksum AS checksum
