// Waits until nobody is changing a state, and changes nothing: whoever reads then sees whole what was being changed before. While a
// transaction is committed, those who read see its changes one by one; it keeps the gate until all of them can be seen.
// Parameters: none.
// Rows: none.
MATCH (gate:Gate {name: 'gate'})
SET gate.turn = gate.turn
