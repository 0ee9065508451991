// Decrements the numbers of open parents of the children of completed actions, and marks children without open parents.
// Parameters: none.
// Rows: none.
MATCH (action:Completed)
REMOVE action:Completed
WITH action
MATCH (action)<-[edge:DEPENDS_ON]-(child)
WHERE edge.replacedBy IS NULL
WITH child, count(*) AS parents
SET child.unmetParents = child.unmetParents - parents
WITH child
WHERE child.unmetParents = 0
SET child:Due
