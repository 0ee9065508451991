// Removes what is stored about waiting plans that no longer wait, and the mark of resources that nobody waits for.
// Parameters: waits: a list of maps with key: the resource's key, plan (uuid).
// Rows: none.
CALL () {
  UNWIND $waits AS row
  MATCH (:Resource {key: row.key})<-[waits:WAITS_FOR]-(:ActionPlan {uuid: row.plan})
  DELETE waits
}
MATCH (resource:Contended)
WHERE (resource.free > 0 OR resource.free IS NULL) AND resource.reservedFor IS NULL AND NOT EXISTS { (resource)<-[:WAITS_FOR]-() }
REMOVE resource:Contended
