// The revisions in a range of turns in which actions of plans have changed.
// Parameters: from, until: turns of the gate; the first is not in the range.
// Rows: one for each revision, or part of one, in which attempts have ended, in order; actions: the changed actions as JSON.
MATCH (revision:Revision)
WHERE $from < revision.turn <= $until
UNWIND [revision.actions] + COLLECT {
  MATCH (revision)-[:CONTINUES]->(part:RevisionPart)
  RETURN part.actions
  ORDER BY part.number
} AS actions
WITH revision, actions
WHERE actions CONTAINS '"old_state":"ONGOING"'
RETURN actions
ORDER BY revision.turn
