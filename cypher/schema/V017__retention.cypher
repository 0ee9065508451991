// Ended plans by the time of their end, or of their deletion: what a purge looks for. Earlier versions stored no time for the end of a
// superseded plan.
CREATE INDEX action_plan_finished_at IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.state, plan.finishedAt);
CREATE INDEX action_plan_deleted_at IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.state, plan.deletedAt);
// Purges, and the plans that they are removing.
CREATE CONSTRAINT purge_uuid IF NOT EXISTS FOR (purge:Purge) REQUIRE purge.uuid IS UNIQUE;
CREATE INDEX purge_state IF NOT EXISTS FOR (purge:Purge) ON (purge.state);
CREATE CONSTRAINT purging_uuid IF NOT EXISTS FOR (plan:Purging) REQUIRE plan.uuid IS UNIQUE;
CREATE INDEX purging_purge IF NOT EXISTS FOR (plan:Purging) ON (plan.purge);
CREATE CONSTRAINT retention_name IF NOT EXISTS FOR (retention:Retention) REQUIRE retention.name IS UNIQUE;
// What is kept of the alternative paths of purged plans.
CREATE CONSTRAINT path_record_key IF NOT EXISTS FOR (record:PathRecord) REQUIRE (record.plan, record.path, record.replaces) IS UNIQUE;
CALL db.awaitIndexes(86400);
MATCH (plan:ActionPlan)
WHERE plan.state = 'SUPERSEDED' AND plan.finishedAt IS NULL
CALL (plan) {
  SET plan.finishedAt = coalesce(plan.updatedAt, plan.createdAt)
} IN TRANSACTIONS OF 1000 ROWS;
MATCH (plan:ActionPlan)
WHERE plan.state = 'DELETED' AND plan.deletedAt IS NULL
CALL (plan) {
  SET plan.deletedAt = coalesce(plan.updatedAt, plan.createdAt)
} IN TRANSACTIONS OF 1000 ROWS;
