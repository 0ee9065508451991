// The actions that wait for another attempt and have a deadline; the running plans with one; the plans that wait for a time.
CREATE INDEX action_deadline IF NOT EXISTS FOR (action:Action) ON (action.deadlineAt);
CREATE INDEX action_plan_deadline IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.deadlineAt);
CREATE INDEX action_plan_not_before IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.state, plan.notBefore);
CALL db.awaitIndexes(86400);
// Actions that wait for another attempt already.
MATCH (action:Action)
WHERE action.planUuid IS NOT NULL AND action.state = 'PENDING' AND action.deadlineSeconds IS NOT NULL AND action.startedAt IS NOT NULL
CALL (action) {
  SET action.deadlineAt = action.startedAt + duration({seconds: action.deadlineSeconds})
} IN TRANSACTIONS OF 1000 ROWS;
