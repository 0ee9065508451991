// An ended plan, for its export.
// Parameters: plan (uuid).
// Rows: none or one; plan: its properties, limits: the capacities in its document, a list of maps with key, kind, id,
// capacity, own: whether the resource belongs to the plan alone.
MATCH (plan:ActionPlan {uuid: $plan})
RETURN
  properties(plan) AS plan,
  COLLECT {
    MATCH (plan)-[limits:LIMITS]->(resource:Resource)
    RETURN
      resource {.key, .kind, .id, capacity: limits.capacity, own: coalesce(resource.planUuid = plan.uuid, false)}
    ORDER BY resource.key
  } AS limits
