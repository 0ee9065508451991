// The latest actions of a type that have ended: how long they took.
CREATE INDEX action_type_finished_at IF NOT EXISTS FOR (action:Action) ON (action.actionType, action.finishedAt);
