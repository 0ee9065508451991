// Notes that nobody waits for a resource any more, if that is so.
// Parameters: key.
// Rows: none.
MATCH (resource:Contended {key: $key})
WHERE NOT EXISTS {
  MATCH (:Ready {blockedBy: $key})
}
REMOVE resource:Contended
