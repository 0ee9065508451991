// Marks failed actions as complete for their children, as the policies of their plans require.
// Parameters: actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
SET action.ignored = true, action:Completed
