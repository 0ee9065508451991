// Stores a purge, which a service then carries out.
// Parameters: purge: a map of uuid, retention: whether the retention time has asked for it, olderThan: a text, before (a
// time), states, planUuids: only these (null: any), plans, actions: how many it removes; now (null: the database's clock).
// Rows: none.
WITH coalesce($now, datetime.realtime()) AS now
CREATE (purge:Purge)
SET
  purge = $purge,
  purge.name = 'purge',
  purge.state = 'ONGOING',
  purge.createdAt = now,
  purge.updatedAt = now,
  purge.removedPlans = 0,
  purge.removedActions = 0,
  purge.kept = 0,
  purge.fence = 0
