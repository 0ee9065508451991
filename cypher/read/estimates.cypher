// The actions of a plan in certain states, with their estimated durations and their active dependencies.
// Parameters: plan (uuid), states.
// Rows: one for each action, in the order of the plan; uuid, id, state, seconds, parents: uuids.
MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action)
WHERE action.state IN $states
WITH action
ORDER BY action.number
RETURN
  action.uuid AS uuid, action.id AS id, action.state AS state, coalesce(action.estimatedSeconds, 1.0) AS seconds,
  [(action)-[dependency:DEPENDS_ON]->(parent) WHERE dependency.replacedBy IS NULL | parent.uuid] AS parents
