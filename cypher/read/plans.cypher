// Plans by uuid.
// Parameters: uuids.
// Rows: one for each; plan, in the order of uuids.
UNWIND range(0, size($uuids) - 1) AS place
MATCH (plan:ActionPlan {uuid: $uuids[place]})
RETURN plan
ORDER BY place
