// The children of actions that must wait for them again, or no longer: those that have not started, and ended ones that
// block their own children. Ready ones leave the queue.
// Parameters: actions: a list of uuids.
// Rows: one for each child; action (uuid).
UNWIND $actions AS uuid
MATCH (parent:Action {uuid: uuid})
USING INDEX SEEK parent:Action(uuid)
MATCH (parent)<-[edge:DEPENDS_ON]-(child:Action)
WHERE edge.replacedBy IS NULL AND (child.state = 'PENDING' OR child.released IS NOT NULL)
WITH DISTINCT child
FOREACH (ready IN CASE WHEN child:Ready THEN [child] ELSE [] END |
  REMOVE ready:Ready, ready.rank, ready.blockedBy, ready.blockedRank, ready.blockedUnits
  SET ready:Pending
)
FOREACH (ended IN CASE WHEN child.released THEN [child] ELSE [] END | SET ended.released = false)
RETURN child.uuid AS action
