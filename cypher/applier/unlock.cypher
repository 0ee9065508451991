// Tells the children of completed actions that they wait for one parent less; those that wait for none become ready,
// if their plan is running.
// Parameters: now; completed: a list of uuids.
// Rows: none.
UNWIND $completed AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
MATCH (action)<-[edge:DEPENDS_ON]-(child)
WHERE edge.replacedBy IS NULL
WITH child, count(*) AS completed
WITH child, child.unmetParents - completed AS unmetParents
SET child.unmetParents = unmetParents
WITH child, unmetParents
WHERE unmetParents = 0 AND child.state = 'PENDING'
WITH child.planUuid AS planUuid, collect(child) AS children
MATCH (plan:ActionPlan {uuid: planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.state = 'ONGOING' AND NOT plan.paused
UNWIND children AS child
REMOVE child:Pending
SET child:Ready, child.rank = child.priority, child.readyAt = $now
