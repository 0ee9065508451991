// Lets failed actions count as complete, as their plans want it.
// Parameters: actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
SET action.ignored = true, action:Completed
