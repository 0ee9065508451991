// Locks the gate until the transaction ends: advances and changes of state come one after another, whoever makes them.
// The time is taken after the lock. A transaction takes it once, before anything else: to write to the node again could end
// in a deadlock with one that waits for it.
// Parameters: now (null: the database's clock).
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
SET gate.turn = gate.turn + 1
WITH gate
SET gate.now = coalesce($now, datetime.realtime())
