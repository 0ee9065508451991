// The position of the recording of durations.
// Parameters: none.
// Rows: one; turn: the ended attempts of all revisions up to this turn of the gate are recorded.
MATCH (lock:Lock {name: 'durations'})
RETURN coalesce(lock.recordedTurn, 0) AS turn
