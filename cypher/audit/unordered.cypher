// Whether changes of audits have no place among all changes yet.
// Parameters: none.
// Rows: one; any.
RETURN COUNT { (:Unordered) } > 0 AS any
