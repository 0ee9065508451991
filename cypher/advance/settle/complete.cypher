// Tells the children of what was marked as complete that they wait for one parent less, and marks those that wait for none.
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
