// The number of transactions that have changed plans: each of them takes the gate, and increments its counter.
// Parameters: none.
// Rows: one; turns.
MATCH (gate:Gate {name: 'gate'})
RETURN gate.turn AS turns
