// The alternative paths of a plan that took the place of what failed, in the order in which they were activated.
// Parameters: plan (uuid), limit: how many are named.
// Rows: one; total: how many, taken: the first of them, a list of maps with path, action (names).
MATCH (path:AlternativePath {planUuid: $plan, state: 'SUCCEEDED'})-[:ACTIVATED_BY]->(failed)
WHERE path.replacedBy IS NULL
WITH path, failed
ORDER BY path.activation
WITH collect({path: path.name, action: failed.id}) AS taken
RETURN size(taken) AS total, taken[..$limit] AS taken
