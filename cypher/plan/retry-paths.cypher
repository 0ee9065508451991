// Lets the alternative paths of a retried plan go on that were cut short and that no other has taken over from.
// Parameters: plan (uuid).
// Rows: none.
MATCH (path:AlternativePath {planUuid: $plan})
WHERE path.state IN ['FAILED', 'CANCELLED', 'SUCCEEDED'] AND path.replacedBy IS NULL AND EXISTS {
  (path)-[:CONTAINS]->()
    (()<-[:REPLACES]-(inner:AlternativePath WHERE inner.state <> 'STANDBY')-[:CONTAINS]->())*
    (action:Pending)
  WHERE action.replacedBy IS NULL
}
SET path.state = 'ONGOING', path.holding = CASE WHEN path.openedAt IS NULL THEN true END
REMOVE path.statusMessage, path.finishedAt
