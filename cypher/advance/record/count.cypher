// Completes a change of plans: updates the counters of their actions, and stores the changes under the plan's next
// revision number.
// Parameters: now; changes: a list of maps with plan (uuid), pending, ongoing, succeeded, failed, skipped, cancelled,
// standby (the change of the number of actions in that state), failure (a message, or null), actions (JSON),
// parts: further changes of actions that would make the revision too large (a list of JSON).
// Rows: one for each plan; plan (uuid), state, open: the number of actions that are PENDING or ONGOING, rollBack
// (AWAITING, ONGOING, CANCELLED or null), failure, skipped: the number of skipped actions, activations: the number of
// activated alternative paths, finally: the state of the finally actions (or null), wasCancelled: whether it was cancelled
// before they began, held: whether it cannot end: its finally actions are to begin, or a person has to decide.
MATCH (gate:Gate {name: 'gate'})
UNWIND $changes AS change
MATCH (plan:ActionPlan {uuid: change.plan})
USING INDEX SEEK plan:ActionPlan(uuid)
SET
  plan.pending = plan.pending + change.pending,
  plan.ongoing = plan.ongoing + change.ongoing,
  plan.succeeded = plan.succeeded + change.succeeded,
  plan.failed = plan.failed + change.failed,
  plan.skipped = plan.skipped + change.skipped,
  plan.cancelled = plan.cancelled + change.cancelled,
  plan.standby = plan.standby + change.standby,
  plan.failure = coalesce(plan.failure, change.failure),
  plan.revision = plan.revision + 1,
  plan.updatedAt = $now
SET plan.queueIdle = -plan.ongoing, plan.actionsTotal =
  plan.pending + plan.ongoing + plan.succeeded + plan.failed + plan.skipped + plan.cancelled + plan.standby
CREATE (plan)-[:CHANGED]->(revision:Revision {
  planUuid: plan.uuid, number: plan.revision, turn: gate.turn, at: $now,
  state: plan.state, paused: plan.paused, statusMessage: plan.statusMessage,
  pending: plan.pending, ongoing: plan.ongoing, succeeded: plan.succeeded, failed: plan.failed,
  skipped: plan.skipped, cancelled: plan.cancelled, standby: plan.standby,
  rollBack: plan.rollBack, reverted: plan.reverted, reverts: plan.reverts,
  actions: change.actions
})
FOREACH (place IN range(0, size(change.parts) - 1) |
  CREATE (revision)-[:CONTINUES]->(:RevisionPart {number: place + 1, actions: change.parts[place]})
)
RETURN
  plan.uuid AS plan, plan.state AS state, plan.pending + plan.ongoing AS open, plan.rollBack AS rollBack,
  plan.failure AS failure, plan.skipped AS skipped,
  coalesce(plan.activations, 0) AS activations,
  plan.finallyState AS finally, coalesce(plan.wasCancelled, false) AS wasCancelled,
  coalesce(plan.change = 'FINISHING', false) OR coalesce(plan.awaitsDecision AND plan.state = 'ONGOING', false) AS held
