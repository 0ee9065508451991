// Gives changes of audits their place among all changes, the oldest first: the turn of whoever holds the gate. So audits are changed without the
// gate, and whoever reads all changes up to a turn that has ended misses none of theirs.
// Parameters: limit.
// Rows: one; ordered: how many.
MATCH (gate:Gate {name: 'gate'})
MATCH (change:Unordered)
WITH gate, change
ORDER BY change.at, change.number
LIMIT $limit
SET change.turn = gate.turn
REMOVE change:Unordered
RETURN count(change) AS ordered
