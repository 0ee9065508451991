// What has changed, in the order in which it did, of plans and of audits.
// Parameters: turn: the first, skip: how many of its revisions are left out, until: the last turn, since: when the first change of an audit was
// made, limit.
// Rows: one for each revision, in order; turn, at, state, message, paused; of a plan: plan (uuid), number, actions (JSON),
// total: how many actions there are, before: the revision before it (state, message, paused; null: there is none); of an audit:
// audit (uuid), number, oldState (null: it is new).
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
  revision.pending + revision.ongoing + revision.succeeded + revision.failed + revision.skipped + revision.cancelled
    + revision.standby AS total,
  CASE
    WHEN earlier IS NOT NULL
      THEN {state: earlier.state, message: earlier.statusMessage, paused: earlier.paused}
  END AS before,
  revision.auditUuid AS audit, revision.oldState AS oldState
ORDER BY revision.turn, coalesce(revision.planUuid, revision.auditUuid), revision.number
