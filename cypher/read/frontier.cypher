// How many actions are ready, and how many run. From the database's own counts.
// Parameters: none.
// Rows: one; ready, running.
RETURN COUNT { (:Ready) } AS ready, COUNT { (:Ongoing) } AS running
