// The plans that a purge has marked and not removed yet.
// Parameters: uuid: the purge's, limit.
// Rows: one; plans (uuids), busy: whether other plans run.
OPTIONAL MATCH (plan:Purging {purge: $uuid})
WITH plan
LIMIT $limit
WITH collect(plan.uuid) AS plans
RETURN
  plans,
  EXISTS {
    MATCH (running:ActionPlan)
    WHERE running.state IN ['PENDING', 'ONGOING', 'CANCELLING']
  } AS busy
