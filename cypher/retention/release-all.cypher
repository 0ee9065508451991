// Releases the claims of all purges. Only for a service that is alone on its database.
// Parameters: none.
// Rows: none.
MATCH (purge:Purge {state: 'ONGOING'})
SET purge.fence = purge.fence + 1
REMOVE purge.heldUntil
