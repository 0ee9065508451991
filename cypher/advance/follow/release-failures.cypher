// Lets failed actions no longer block the children whose trigger rules permit that, in plans with trigger rules.
// Parameters: actions: a list of uuids.
// Rows: one for each such action; action, plan (uuids).
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})
USING INDEX SEEK action:Action(uuid)
MATCH (plan:ActionPlan {uuid: action.planUuid})
USING INDEX SEEK plan:ActionPlan(uuid)
WHERE plan.hasRules
SET action.released = true, action:Completed
RETURN uuid AS action, plan.uuid AS plan
