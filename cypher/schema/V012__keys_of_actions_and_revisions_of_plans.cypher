// The id of an action is unique in its plan. Of several that were called alike, the first keeps its id, and each other gets its uuid
// into it: a revert could be called as an action of its plan already was.
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
// A plan leads to its revisions. Those that were stored before that was a relationship know the plan by its uuid only.
MATCH (revision:Revision)
WHERE revision.planUuid IS NOT NULL
CALL (revision) {
  MATCH (plan:ActionPlan {uuid: revision.planUuid})
  MERGE (plan)-[:CHANGED]->(revision)
} IN TRANSACTIONS OF 1000 ROWS;
