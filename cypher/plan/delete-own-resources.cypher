// Deletes the resources that belong to a deleted plan alone.
// Parameters: plan (uuid).
// Rows: none.
MATCH (:ActionPlan {uuid: $plan})-[:LIMITS]->(resource:Resource {planUuid: $plan})
DETACH DELETE resource
