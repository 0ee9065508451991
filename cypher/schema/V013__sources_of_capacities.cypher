// The capacity of a resource has a source: an operator, the configuration, a plan, or the default of its kind. Earlier versions stored
// the capacity alone; one that was not the default of that time came from a plan or from the configuration, which the next start reads.
CREATE INDEX resource_capacity IF NOT EXISTS FOR (resource:Resource) ON (resource.capacity);
CALL db.awaitIndexes(86400);
MATCH (resource:Resource)
WHERE resource.source IS NULL
CALL (resource) {
  WITH resource, CASE WHEN resource.kind IN ['compute_host', 'pool'] THEN 2 ELSE 1 END AS usual
  SET
    resource.defaultCapacity = usual,
    resource.planCapacity = CASE WHEN resource.capacity <> usual THEN resource.capacity END,
    resource.source = CASE WHEN resource.capacity <> usual THEN 'plan' ELSE 'default' END
} IN TRANSACTIONS OF 1000 ROWS;
