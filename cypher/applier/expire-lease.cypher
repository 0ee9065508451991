// Ends the leases of appliers whose processes are known to have ended, so that their actions are taken back at once.
// Parameters: ids.
// Rows: none.
UNWIND $ids AS id
MATCH (applier:Applier {id: id, state: 'ACTIVE'})
SET applier.suspectedAt = applier.startedAt + duration('PT1S')
WITH id, applier.startedAt AS startedAt
MATCH (lease:Lease {applier: id})
SET lease.until = startedAt
