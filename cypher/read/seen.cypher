// An empty read. When a read ends, the client receives a bookmark of the latest committed transaction; the next read
// starts when the database has applied that transaction and all before. Therefore changes that were visible in part
// before this read are completely visible after it.
// Parameters: none.
// Rows: one; seen.
RETURN true AS seen
