// The changes of a plan after a revision.
// Parameters: plan (uuid), after: a revision's number, limit.
// Rows: one for each revision, in order; revision.
MATCH (revision:Revision {planUuid: $plan})
WHERE revision.number > $after
RETURN revision
ORDER BY revision.planUuid, revision.number
LIMIT $limit
