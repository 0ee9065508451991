// Locks the gate until the transaction ends: advances and changes of state come one after another, whoever makes them.
// A transaction takes it once, before anything else: to write to the node again could end in a deadlock with one that
// waits for it.
// Parameters: none.
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
SET gate.turn = gate.turn + 1
