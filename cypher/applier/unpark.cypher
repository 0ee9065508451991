// Lets the most urgent of those that wait for a resource compete for it again.
// Parameters: key: of the resource, limit: how many; as many as it has free units.
// Rows: none.
MATCH (action:Ready {blockedBy: $key})
WHERE action.priority > -1.0
WITH action
ORDER BY action.blockedBy DESC, action.priority DESC
LIMIT $limit
SET action.rank = action.priority
REMOVE action.blockedBy
