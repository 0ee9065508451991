// Lets the most urgent of those that wait for a resource compete for it again.
// Parameters: key: of the resource, limit: how many; examined: the uuids of those that were found not to fit in this
// advance.
// Rows: one; unparked: how many.
MATCH (action:Ready {blockedBy: $key})
WHERE action.priority > -1.0 AND NOT action.uuid IN $examined
WITH action
ORDER BY action.blockedBy DESC, action.priority DESC
LIMIT $limit
SET action.rank = action.priority
REMOVE action.blockedBy
RETURN count(*) AS unparked
