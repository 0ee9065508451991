// Counts the running actions of a type as soon as the limit of the type is stored: actions that started before hold no
// unit of it.
// Parameters: none.
// Rows: none.
MATCH (resource:CapacityChanged {kind: 'action_type'})
WHERE resource.planUuid IS NULL
CALL (resource) {
  MATCH (:Applier {state: 'ACTIVE'})-[:RUNS]->(action:Ongoing {actionType: resource.id})
  WHERE NOT EXISTS { (action)-[:HOLDS]->(resource) }
  CREATE (action)-[:HOLDS {units: 1}]->(resource)
  SET resource.used = resource.used + 1
}
