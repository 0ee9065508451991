// Locks the gate until the transaction ends: advances and changes of state are serialised. The time is read after the
// lock. A transaction takes the gate once and before anything else: a second write to the node could deadlock with a
// transaction that waits for it.
// Parameters: now (null: the database's clock).
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
SET gate.turn = gate.turn + 1
WITH gate
SET gate.now = coalesce($now, datetime.realtime())
