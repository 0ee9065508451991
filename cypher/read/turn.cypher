// The latest turn of the gate of which anything can be seen. A read after this one sees all of it, and of all turns before.
// Parameters: none.
// Rows: one; turn.
MATCH (gate:Gate {name: 'gate'})
RETURN gate.turn AS turn
