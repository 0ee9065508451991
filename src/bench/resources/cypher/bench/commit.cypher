// Writes as little as can be.
// Parameters: none.
// Rows: none.
CREATE (:Bare)
