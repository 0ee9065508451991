// Decrements the numbers of open parents of the children of completed actions, and marks children without open parents.
// Children that have ended are not changed, except those that still block their own children.
// Parameters: none.
// Rows: none.
MATCH (action:Completed)
REMOVE action:Completed
WITH action
MATCH (action)<-[edge:DEPENDS_ON]-(child)
WHERE edge.replacedBy IS NULL AND (child.state IN ['PENDING', 'STANDBY'] OR child.released = false)
WITH child, count(*) AS parents
SET child.unmetParents = child.unmetParents - parents
WITH child
WHERE child.unmetParents = 0
SET child:Due
