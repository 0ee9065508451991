// Removes the waits of alternative paths for actions that have ended.
// Parameters: actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (:Action {uuid: uuid})<-[awaits:AWAITS]-()
DELETE awaits
