// How many transactions have changed a plan's state: each of them takes the gate, and counts its turns.
// Parameters: none.
// Rows: one; turns.
MATCH (gate:Gate {name: 'gate'})
RETURN gate.turn AS turns
