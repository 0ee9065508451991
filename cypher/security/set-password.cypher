// Sets the password of the user of the embedded database, whether there is the user or not. For its database 'system'.
// Parameters: password.
// Rows: none.
CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED
