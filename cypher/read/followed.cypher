// The changes of followed plans in a range of commit sequence numbers.
// Parameters: plans (uuids), from, to (the numbers), limit.
// Rows: one for each revision, ordered within a plan; revision, parts: a list of pairs of the relationship to the rest of
// its changes, and that part.
MATCH (revision:Revision)
USING INDEX revision:Revision(turn)
WHERE $from <= revision.turn <= $to AND revision.planUuid IN $plans
WITH revision
ORDER BY revision.turn, revision.planUuid, revision.number
LIMIT $limit
RETURN revision, [(revision)-[continues:CONTINUES]->(part:RevisionPart) | [continues, part]] AS parts
ORDER BY revision.turn, revision.planUuid, revision.number
