// The changes of plans and audits, in commit order.
// Parameters: turn: the first commit sequence number, skip: the number of its revisions to skip, until: the last commit
// sequence number, since: the earliest time of changes of audits, limit.
// Rows: one for each revision, in order; turn, at, state, message, paused; of a plan: plan (uuid), number, actions
// (JSON), parts: further ones (a list of JSON), total: the number of actions, before: the revision before (state, message, paused; null: there is none); of
// an audit: audit (uuid), number, oldState (null: it is new).
MATCH (revision:Revision)
WHERE $turn <= revision.turn <= $until AND (revision.auditUuid IS NULL OR revision.at >= $since)
WITH revision
ORDER BY revision.turn, coalesce(revision.planUuid, revision.auditUuid), revision.number
SKIP $skip
LIMIT $limit
OPTIONAL MATCH (earlier:Revision {planUuid: revision.planUuid, number: revision.number - 1})
RETURN
  revision.turn AS turn, revision.at AS at, revision.state AS state, revision.statusMessage AS message,
  coalesce(revision.paused, false) AS paused, revision.planUuid AS plan,
  coalesce(revision.number, revision.turn) AS number,
  coalesce(revision.actions, '[]') AS actions,
  COLLECT {
    MATCH (revision)-[:CONTINUES]->(part:RevisionPart)
    RETURN part.actions
    ORDER BY part.number
  } AS parts,
  revision.pending + revision.ongoing + revision.succeeded + revision.failed + revision.skipped + revision.cancelled
    + revision.standby AS total,
  CASE
    WHEN earlier IS NOT NULL
      THEN {state: earlier.state, message: earlier.statusMessage, paused: earlier.paused}
  END AS before,
  revision.auditUuid AS audit, revision.oldState AS oldState
ORDER BY revision.turn, coalesce(revision.planUuid, revision.auditUuid), revision.number
