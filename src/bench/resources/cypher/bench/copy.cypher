// Copies a succeeded plan with its actions and history.
// Parameters: plan (uuid), copy: the copy's number, prefix: the first eight digits of the copy's uuids.
// Rows: none.
MATCH (plan:ActionPlan {uuid: $plan})
CREATE (copy:ActionPlan)
SET copy = plan {.*, uuid: $prefix + substring(plan.uuid, 8), number: -$copy}
WITH plan, copy
CALL (plan, copy) {
  MATCH (plan)-[:CONTAINS]->(action:Action)-[:ATTEMPTED]->(attempt:Attempt)
  CREATE (copy)-[:CONTAINS]->(twin:Action:Succeeded)-[:ATTEMPTED]->(again:Attempt)
  SET
    twin = action {.*, uuid: $prefix + substring(action.uuid, 8), planUuid: copy.uuid},
    again = properties(attempt)
}
CALL (plan) {
  MATCH (plan)-[:CONTAINS]->(action:Action)-[:DEPENDS_ON]->(parent:Action)
  MATCH (child:Action {uuid: $prefix + substring(action.uuid, 8)})
  MATCH (before:Action {uuid: $prefix + substring(parent.uuid, 8)})
  CREATE (child)-[:DEPENDS_ON]->(before)
}
CALL (plan, copy) {
  MATCH (revision:Revision {planUuid: plan.uuid})
  WHERE revision.number > 0
  CREATE (copy)-[:CHANGED]->(again:Revision)
  SET again = revision {.*, planUuid: copy.uuid}
}
