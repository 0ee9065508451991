// A minimal write: one empty node.
// Parameters: none.
// Rows: none.
CREATE (:Bare)
