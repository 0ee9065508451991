// A part of a plan's revisions, in order, for its export.
// Parameters: plan (uuid), after: the number of a revision, limit.
// Rows: one for each; number, revision: its properties, parts: the changes of actions that did not fit in it, a list of
// JSON.
MATCH (revision:Revision {planUuid: $plan})
WHERE revision.number > $after
WITH revision
ORDER BY revision.planUuid, revision.number
LIMIT $limit
RETURN
  revision.number AS number, properties(revision) AS revision,
  COLLECT {
    MATCH (revision)-[:CONTINUES]->(part:RevisionPart)
    RETURN part.actions
    ORDER BY part.number
  } AS parts
ORDER BY number
