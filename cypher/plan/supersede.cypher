// Supersedes the recommended plans that a new plan replaces.
// Parameters: plan: the new plan's uuid; auditUuid: replace the plans of this audit (null: none); name: replace the
// plans of this name (null: none); now (null: the database's clock).
// Rows: one for each superseded plan; plan (uuid).
MATCH (old:ActionPlan {state: 'RECOMMENDED'})
WHERE old.uuid <> $plan AND (old.auditUuid = $auditUuid OR old.name = $name)
SET
  old.state = 'SUPERSEDED',
  old.statusMessage = 'Superseded by plan ' + $plan + '.',
  old.finishedAt = coalesce($now, datetime.realtime())
RETURN old.uuid AS plan
