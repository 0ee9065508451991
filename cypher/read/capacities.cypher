// The stored capacities of resources.
// Parameters: resources: a list of maps with key, kind, id.
// Rows: one for each stored resource; kind, id, capacity (null: unlimited), source: default, plan, configuration or
// operator, declared: the capacity in the document of a plan that has not ended (or null), planName: the name of that
// plan.
UNWIND $resources AS row
MATCH (resource:Resource {key: row.key})
CALL (resource) {
  OPTIONAL MATCH (plan:ActionPlan)-[limits:LIMITS]->(resource)
  WHERE plan.state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']
  RETURN plan, limits.capacity AS declared
  ORDER BY plan.number
  LIMIT 1
}
RETURN
  row.kind AS kind, row.id AS id, resource.capacity AS capacity, resource.source AS source, declared,
  CASE WHEN plan.name = '' THEN plan.uuid ELSE plan.name END AS planName
