// Removes marked plans whose actions, paths and revisions are removed, with the resources that belong to them alone and
// with those that nobody refers to any more: as retention/release-resources. Needs the gate.
// Parameters: plans (uuids).
// Rows: one; removed: how many.
UNWIND $plans AS uuid
MATCH (plan:Purging {uuid: uuid})
CALL (plan) {
  MATCH (plan)-[of:LIMITS|WAITS_FOR]->(resource:Resource)
  DELETE of
  WITH DISTINCT plan, resource
  WHERE
    resource.planUuid = plan.uuid
    OR resource.operatorCapacity IS NULL
      AND resource.configuredCapacity IS NULL
      AND resource.kind <> 'action_type'
      AND NOT EXISTS { (resource)--() }
  DETACH DELETE resource
}
DETACH DELETE plan
RETURN count(*) AS removed
