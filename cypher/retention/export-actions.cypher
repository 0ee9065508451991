// A part of a plan's actions, in the order of the plan, for its export.
// Parameters: plan (uuid), from: the number of the first action, limit.
// Rows: one for each; number, action: its properties, attempts: their properties, uses: maps with key, kind, id, own,
// units, parents: maps with uuid, and properties: those of the dependency.
MATCH (action:Action {planUuid: $plan})
WHERE action.number >= $from
WITH action
ORDER BY action.planUuid, action.number
LIMIT $limit
RETURN
  action.number AS number, properties(action) AS action,
  COLLECT {
    MATCH (action)-[:ATTEMPTED]->(attempt:Attempt)
    RETURN properties(attempt)
    ORDER BY attempt.number
  } AS attempts,
  COLLECT {
    MATCH (action)-[uses:USES]->(resource:Resource)
    RETURN resource {.key, .kind, .id, units: uses.units, own: coalesce(resource.planUuid = action.planUuid, false)}
    ORDER BY resource.key
  } AS uses,
  COLLECT {
    MATCH (action)-[dependency:DEPENDS_ON]->(parent:Action)
    RETURN {uuid: parent.uuid, properties: properties(dependency)}
    ORDER BY parent.number
  } AS parents
ORDER BY number
