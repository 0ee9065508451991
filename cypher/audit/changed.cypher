// Keeps a change of an audit. It gets its place among all changes later: audit/order.
// Parameters: change: a map with auditUuid, number: the audit's revision after it, at, oldState (null: the audit is new), state,
// statusMessage (or null).
// Rows: none.
CREATE (revision:Revision:Unordered)
SET revision = $change
