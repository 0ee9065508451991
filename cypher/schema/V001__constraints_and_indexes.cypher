// Keys and look-ups of the graph. One statement after another, each ended by a semicolon.
// Never edited after a release: a change is a new file with the next number.
CREATE CONSTRAINT action_plan_uuid IF NOT EXISTS FOR (plan:ActionPlan) REQUIRE plan.uuid IS UNIQUE;
CREATE CONSTRAINT action_plan_idempotency_key IF NOT EXISTS FOR (plan:ActionPlan) REQUIRE plan.idempotencyKey IS UNIQUE;
CREATE CONSTRAINT draft_uuid IF NOT EXISTS FOR (draft:Draft) REQUIRE draft.uuid IS UNIQUE;
CREATE CONSTRAINT action_uuid IF NOT EXISTS FOR (action:Action) REQUIRE action.uuid IS UNIQUE;
CREATE CONSTRAINT resource_key IF NOT EXISTS FOR (resource:Resource) REQUIRE resource.key IS UNIQUE;
CREATE CONSTRAINT applier_id IF NOT EXISTS FOR (applier:Applier) REQUIRE applier.id IS UNIQUE;
CREATE CONSTRAINT gate_name IF NOT EXISTS FOR (gate:Gate) REQUIRE gate.name IS UNIQUE;
CREATE CONSTRAINT revision_number IF NOT EXISTS FOR (revision:Revision) REQUIRE (revision.planUuid, revision.number) IS UNIQUE;
CREATE INDEX action_plan_state IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.state);
CREATE INDEX action_plan_number IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.number);
CREATE INDEX action_resource_id IF NOT EXISTS FOR (action:Action) ON (action.resourceId);
CREATE INDEX applier_state IF NOT EXISTS FOR (applier:Applier) ON (applier.state);
// The frontier: what may start, the most urgent first; what waits for a resource; what waits for its time.
CREATE INDEX ready_rank IF NOT EXISTS FOR (action:Ready) ON (action.rank);
CREATE INDEX ready_blocked_by IF NOT EXISTS FOR (action:Ready) ON (action.blockedBy, action.priority);
CREATE INDEX pending_not_before IF NOT EXISTS FOR (action:Pending) ON (action.notBefore);
// What somebody waits for, and of which there is some.
CREATE INDEX contended_free IF NOT EXISTS FOR (resource:Contended) ON (resource.free);
