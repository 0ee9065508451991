// What changed of the plans that somebody follows, in the turns of the gate from one up to another that has ended.
// Parameters: plans (uuids), from, to (turns), limit.
// Rows: one for each revision, those of a plan in order; revision.
MATCH (revision:Revision)
USING INDEX revision:Revision(turn)
WHERE $from <= revision.turn <= $to AND revision.planUuid IN $plans
RETURN revision
ORDER BY revision.turn, revision.planUuid, revision.number
LIMIT $limit
