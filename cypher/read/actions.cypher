// Actions by uuid, unless their plan is deleted.
// Parameters: uuids, deleted: whether actions of deleted plans are included.
// Rows: one for each; action, in the order of uuids.
UNWIND range(0, size($uuids) - 1) AS place
MATCH (action:Action {uuid: $uuids[place]})
MATCH (plan:ActionPlan {uuid: action.planUuid})
WHERE $deleted OR plan.state <> 'DELETED'
RETURN action
ORDER BY place
