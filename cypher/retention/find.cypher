// A purge and its progress.
// Parameters: uuid.
// Rows: none or one; purge: its properties.
MATCH (purge:Purge {uuid: $uuid})
RETURN properties(purge) AS purge
