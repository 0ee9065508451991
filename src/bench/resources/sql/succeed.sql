-- Stores an action's outcome, decrements its children's counters and schedules the ready ones, in one transaction. The
-- children are locked in the order of their ids, so that concurrent transactions cannot deadlock.
WITH done AS (
  UPDATE action SET state = 'SUCCEEDED', started_at = ?, finished_at = now() WHERE id = ? AND state = 'PENDING' RETURNING id
), locked AS (
  SELECT action.id FROM action JOIN edge ON edge.child = action.id JOIN done ON edge.parent = done.id
  ORDER BY action.id FOR NO KEY UPDATE OF action
), less AS (
  UPDATE action SET unmet = unmet - 1 FROM locked WHERE action.id = locked.id RETURNING action.id, action.unmet
)
INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
SELECT 'action', id::text, now(), false, 1 FROM less WHERE unmet = 0
