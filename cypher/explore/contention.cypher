// The resources that block ready actions now.
// Parameters: none.
// Rows: one for each, the longest queue first; resource (key), capacity, used, waiting (the number of actions).
MATCH (resource:Contended)
WITH resource, COUNT {
  MATCH (action:Ready {blockedBy: resource.key})
  WHERE action.priority > -1.0
} AS waiting
WHERE waiting > 0
RETURN resource.key AS resource, resource.capacity AS capacity, resource.used AS used, waiting
ORDER BY waiting DESC, resource
