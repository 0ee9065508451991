// Each applier's lease is a node of its own, which nothing else writes. A change of all actions of a plan goes by portions; it used to
// be known of those that begin only.
CREATE CONSTRAINT lease_applier IF NOT EXISTS FOR (lease:Lease) REQUIRE lease.applier IS UNIQUE;
CREATE INDEX lease_until IF NOT EXISTS FOR (lease:Lease) ON (lease.until);
CREATE INDEX action_plan_changes_from IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.changesFrom);
CALL db.awaitIndexes(86400);
MATCH (applier:Applier {state: 'ACTIVE'}) MERGE (lease:Lease {applier: applier.id}) SET lease.until = applier.leaseUntil;
MATCH (plan:ActionPlan) WHERE plan.opensFrom >= 0
SET plan.change = 'OPENING', plan.changesFrom = plan.opensFrom
REMOVE plan.opensFrom;
DROP INDEX action_plan_opens_from IF EXISTS;
