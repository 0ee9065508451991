// The attempts of an action, in order.
// Parameters: uuid.
// Rows: one for each; attempt.
MATCH (:Action {uuid: $uuid})-[:ATTEMPTED]->(attempt:Attempt)
RETURN attempt
ORDER BY attempt.number
