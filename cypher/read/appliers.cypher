// The appliers, those that are active first, then the latest.
// Parameters: limit.
// Rows: one for each; applier, running: how many actions it runs.
MATCH (applier:Applier)
RETURN applier, COUNT { (applier)-[:RUNS]->() } AS running
ORDER BY applier.state <> 'ACTIVE', applier.startedAt DESC
LIMIT $limit
