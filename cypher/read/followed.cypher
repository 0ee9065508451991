// The changes of followed plans in a range of commit sequence numbers.
// Parameters: plans (uuids), from, to (the numbers), limit.
// Rows: one for each revision, ordered within a plan; revision.
MATCH (revision:Revision)
USING INDEX revision:Revision(turn)
WHERE $from <= revision.turn <= $to AND revision.planUuid IN $plans
RETURN revision
ORDER BY revision.turn, revision.planUuid, revision.number
LIMIT $limit
