// What is ready is passed over by its plan while its plan is being paused, cancelled or stopped: the queue's index knows the plan.
CREATE INDEX ready_rank_plan IF NOT EXISTS FOR (action:Ready) ON (action.rank, action.planUuid);
CALL db.awaitIndexes(86400);
DROP INDEX ready_rank IF EXISTS;
