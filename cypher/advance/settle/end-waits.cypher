// Ends the waiting of alternative paths for actions that have come to their end.
// Parameters: actions: a list of uuids.
// Rows: none.
UNWIND $actions AS uuid
MATCH (:Action {uuid: uuid})<-[awaits:AWAITS]-()
DELETE awaits
