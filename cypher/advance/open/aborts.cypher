// The running actions of an applier that must be aborted. If there are none, the applier is marked as having none.
// Parameters: applier.
// Rows: one for each; action (uuid), attempt, why.
MATCH (me:Applier {id: $applier})
OPTIONAL MATCH (me)-[:RUNS]->(action:Action)
WHERE action.abort IS NOT NULL
WITH me, collect(action) AS actions
FOREACH (idle IN CASE WHEN size(actions) = 0 THEN [me] ELSE [] END | REMOVE idle.aborts)
WITH actions
UNWIND actions AS action
RETURN action.uuid AS action, action.attempt AS attempt, action.abort AS why
