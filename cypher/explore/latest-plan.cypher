// The latest plan as a picture for Neo4j Browser: its actions, their dependencies, and the activated alternative paths.
// An arrow points from an action to its parent.
// Parameters: none.
// Rows: one for each action; action, dependencies (paths), alternatives (paths, from each :AlternativePath that has
// replaced it or that it belongs to).
MATCH (plan:ActionPlan)
WHERE plan.number > 0
WITH plan
ORDER BY plan.number DESC
LIMIT 1
MATCH (plan)-[:CONTAINS]->(action:Action)
WHERE action.state <> 'STANDBY'
RETURN
  action,
  [dependency = (action)-[:DEPENDS_ON]->(:Action) | dependency] AS dependencies,
  [alternative = (action)<-[:REPLACES|CONTAINS]-(path:AlternativePath) WHERE path.state <> 'STANDBY' | alternative]
    AS alternatives
