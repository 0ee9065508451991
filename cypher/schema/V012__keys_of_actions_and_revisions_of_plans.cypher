// Makes the id of an action unique in its plan. If several actions have the same id, the first one keeps it; the uuid is appended to
// the ids of the others. Older versions could give a revert the id of an existing action.
MATCH (plan:ActionPlan)
CALL (plan) {
  MATCH (plan)-[:CONTAINS]->(action:Action)
  WHERE action.id IS NOT NULL
  WITH action
  ORDER BY action.number
  WITH action.id AS id, collect(action) AS alike
  WHERE size(alike) > 1
  UNWIND alike[1..] AS other
  SET other.id = id + ' ' + other.uuid, other.name = id + ' ' + other.uuid
} IN TRANSACTIONS OF 100 ROWS;
CREATE CONSTRAINT action_id IF NOT EXISTS FOR (action:Action) REQUIRE (action.planUuid, action.id) IS UNIQUE;
// Connects the plans with their revisions, which had only the uuid of the plan.
MATCH (revision:Revision)
WHERE revision.planUuid IS NOT NULL
CALL (revision) {
  MATCH (plan:ActionPlan {uuid: revision.planUuid})
  MERGE (plan)-[:CHANGED]->(revision)
} IN TRANSACTIONS OF 1000 ROWS;
