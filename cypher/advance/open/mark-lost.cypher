// Marks appliers as lost whose lease has expired and was not renewed during a grace period after that was first
// noticed. The grace period prevents losses while the database or a long transaction blocks all renewals. The applier
// that advances is never marked: it is alive.
// Parameters: now; applier: the one that advances; grace (a duration).
// Rows: one for each of their running actions; action: its properties, planName, onFailure: the policy of its plan.
MATCH (lease:Lease)
WHERE lease.until < $now AND lease.applier <> $applier
MATCH (applier:Applier {id: lease.applier, state: 'ACTIVE'})
SET applier.suspectedAt = CASE WHEN applier.suspectedAt > lease.until THEN applier.suspectedAt ELSE $now END
WITH applier
WHERE applier.suspectedAt + $grace <= $now
SET applier.state = 'LOST', applier.lostAt = $now
WITH applier
MATCH (applier)-[:RUNS]->(action:Action)
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
RETURN properties(action) AS action, plan.name AS planName, plan.onFailure AS onFailure
