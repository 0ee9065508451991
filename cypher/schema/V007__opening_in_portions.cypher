// The plans whose actions are being made ready, portion by portion, and a plan's actions in the order of their numbers.
CREATE INDEX action_plan_opens_from IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.opensFrom);
CREATE INDEX action_number IF NOT EXISTS FOR (action:Action) ON (action.planUuid, action.number);
CALL db.awaitIndexes(86400);
