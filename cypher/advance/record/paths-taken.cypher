// The alternative paths of a plan that replaced failed actions, in the order of their activation.
// Parameters: plan (uuid), limit: the maximum number of listed paths.
// Rows: one; total: the number of paths, taken: the first of them, a list of maps with path, action (names), compensation: whether
// it has undone the goal instead of reaching it.
MATCH (path:AlternativePath {planUuid: $plan, state: 'SUCCEEDED'})-[:ACTIVATED_BY]->(failed)
WHERE path.replacedBy IS NULL
WITH path, failed
ORDER BY path.activation
WITH collect({path: path.name, action: failed.id, compensation: path.compensation IS NOT NULL}) AS taken
RETURN size(taken) AS total, taken[..$limit] AS taken
