// The queue of plans: plans with ready actions, by priority, slots in use and longest remaining path; and the ready actions of each plan.
CREATE INDEX action_plan_queue IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.queueClass, plan.queueIdle, plan.queueLongest);
CREATE INDEX ready_plan_rank IF NOT EXISTS FOR (action:Ready) ON (action.planUuid, action.rank);
// The actions that wait for a resource: of each plan, and those that could start before a reservation does.
CREATE INDEX ready_waiting IF NOT EXISTS FOR (action:Ready) ON (action.blockedBy, action.planUuid, action.blockedRank);
CREATE INDEX ready_backfill IF NOT EXISTS FOR (action:Ready) ON (action.blockedBy, action.blockedUnits, action.expectedSeconds);
CALL db.awaitIndexes(86400);
// Blocked actions are ready again; the next claim finds out what they wait for.
MATCH (action:Ready)
WHERE action.blockedBy IS NOT NULL
CALL (action) {
  SET action.rank = action.priority
  REMOVE action.blockedBy
} IN TRANSACTIONS OF 1000 ROWS;
MATCH (resource:Contended)
REMOVE resource:Contended;
MATCH (action:Ready)
WHERE action.planUuid IS NOT NULL
WITH action.planUuid AS uuid, max(action.priority) AS longest
MATCH (plan:ActionPlan {uuid: uuid})
SET plan.queueClass = 0.0, plan.queueIdle = -plan.ongoing, plan.queueLongest = longest;
DROP INDEX ready_rank_plan IF EXISTS;
