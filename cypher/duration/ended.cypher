// The revisions in a range of turns in which actions of plans have changed.
// Parameters: from, until: turns of the gate; the first is not in the range.
// Rows: one for each revision, in order; actions: the changed actions as JSON.
MATCH (revision:Revision)
WHERE $from < revision.turn <= $until AND revision.actions CONTAINS '"old_state":"ONGOING"'
RETURN revision.actions AS actions
ORDER BY revision.turn
