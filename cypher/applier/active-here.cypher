// The active appliers of a machine.
// Parameters: host.
// Rows: one for each; id, process: its process id.
MATCH (applier:Applier {state: 'ACTIVE'})
WHERE applier.host = $host
RETURN applier.id AS id, applier.process AS process
