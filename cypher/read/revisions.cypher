// The changes of a plan after a revision.
// Parameters: plan (uuid), after: a revision's number, limit.
// Rows: one for each revision, in order; revision, parts: a list of pairs of the relationship to the rest of its changes,
// and that part.
MATCH (revision:Revision {planUuid: $plan})
WHERE revision.number > $after
WITH revision
ORDER BY revision.planUuid, revision.number
LIMIT $limit
RETURN revision, [(revision)-[continues:CONTINUES]->(part:RevisionPart) | [continues, part]] AS parts
ORDER BY revision.planUuid, revision.number
