// Keys and look-ups for alternative paths and roll-backs.
CREATE CONSTRAINT alternative_path_uuid IF NOT EXISTS FOR (path:AlternativePath) REQUIRE path.uuid IS UNIQUE;
CREATE INDEX alternative_path_plan IF NOT EXISTS FOR (path:AlternativePath) ON (path.planUuid);
// Paths that were activated and wait for what they replace; plans that wait until they can be rolled back.
CREATE INDEX alternative_path_holding IF NOT EXISTS FOR (path:AlternativePath) ON (path.holding);
CREATE INDEX action_plan_roll_back IF NOT EXISTS FOR (plan:ActionPlan) ON (plan.rollBack);
