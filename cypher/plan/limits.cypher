// The capacities in the document of a plan or a draft, and those that differ from them: the capacity that somebody has
// given to the resource, otherwise the one in the document of another plan that has not ended.
// Parameters: plan (uuid).
// Rows: one for each shared resource; key, capacity (in the document), other (the one that differs, or null), source:
// where that comes from, planName (the other plan's, or null).
CALL () {
  MATCH (plan:Draft {uuid: $plan})
  RETURN plan
  UNION ALL
  MATCH (plan:ActionPlan {uuid: $plan})
  RETURN plan
}
MATCH (plan)-[limits:LIMITS]->(resource:Resource)
WHERE resource.planUuid IS NULL
CALL (plan, limits, resource) {
  OPTIONAL MATCH (other:ActionPlan)-[others:LIMITS]->(resource)
  WHERE
    other <> plan
    AND (others.capacity <> limits.capacity OR resource.source = 'plan')
    AND other.state IN ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']
  RETURN other, others
  ORDER BY other.number
  LIMIT 1
}
RETURN
  resource.key AS key, limits.capacity AS capacity,
  CASE
    WHEN resource.source = 'default' THEN others.capacity
    WHEN resource.capacity <> limits.capacity THEN resource.capacity
  END AS other,
  resource.source AS source,
  CASE WHEN other.name = '' THEN other.uuid ELSE other.name END AS planName
ORDER BY key
