// Supersedes the recommended plans whose place a new one takes.
// Parameters: plan: the new one's uuid; auditUuid: those of this audit (null: none); name: those of this name (null: none).
// Rows: one for each superseded plan; plan (uuid).
MATCH (old:ActionPlan {state: 'RECOMMENDED'})
WHERE old.uuid <> $plan AND (old.auditUuid = $auditUuid OR old.name = $name)
SET old.state = 'SUPERSEDED', old.statusMessage = 'Superseded by plan ' + $plan + '.'
RETURN old.uuid AS plan
