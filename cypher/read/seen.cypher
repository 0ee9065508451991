// Asks nothing. A read that ends tells the client the latest transaction that was committed by then, and the next read begins when
// the database has carried out that one and all before: whatever was seen in part before this is seen whole after it.
// Parameters: none.
// Rows: one; seen.
RETURN true AS seen
