// Writes a plan without its actions.
// Parameters: plan: a map of its properties.
// Rows: none.
CREATE (plan:ActionPlan)
SET plan = $plan
CREATE (plan)-[:CHANGED]->(:Revision {
  planUuid: plan.uuid, number: 1, turn: 0, at: plan.createdAt, state: plan.state, paused: false, pending: plan.pending,
  ongoing: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0, standby: 0, actions: '[]'
})
