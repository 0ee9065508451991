// The latest visible commit sequence number. Reads after this one see all changes up to it.
// Parameters: none.
// Rows: one; turn.
MATCH (gate:Gate {name: 'gate'})
RETURN gate.turn AS turn
