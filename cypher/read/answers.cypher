// Checks that the database answers statements.
// Parameters: none.
// Rows: one; answers.
RETURN true AS answers
