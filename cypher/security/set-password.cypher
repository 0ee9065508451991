// Creates the user of the embedded database or changes its password. Runs in the database 'system'.
// Parameters: password.
// Rows: none.
CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED
