// Moves the position of the recording of durations.
// Parameters: turn: of the gate.
// Rows: none.
MATCH (lock:Lock {name: 'durations'})
SET lock.recordedTurn = $turn
