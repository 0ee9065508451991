// The times in which no action of a plan could start, because the plan was paused, or had ended before its retry.
// Parameters: plan (uuid).
// Rows: one for each revision with such a state, in order; from, until: milliseconds since 1970 (until may be null: it
// lasts), why: pause or retry.
MATCH (revision:Revision {planUuid: $plan})
WHERE revision.number > 0 AND (revision.paused OR revision.state IN ['FAILED', 'CANCELLED'])
OPTIONAL MATCH (next:Revision {planUuid: $plan, number: revision.number + 1})
RETURN
  revision.at.epochMillis AS from, next.at.epochMillis AS until,
  CASE WHEN revision.paused THEN 'pause' ELSE 'retry' END AS why
ORDER BY revision.number
