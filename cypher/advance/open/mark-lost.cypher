// Marks the appliers as lost whose lease has run out, and has not been renewed in some time after that was noticed first. So
// nobody is lost for a time in which the database, or whoever held the gate, let nobody renew anything. The applier that advances is
// not lost: it is here.
// Parameters: now; applier: that advances; grace (a duration).
// Rows: one for each action that they were running; action: its properties, planName, onFailure: of its plan.
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
