// Removes the uses of resources by actions of marked plans, and the resources that nobody refers to any more, unless an
// operator or the configuration has given them a capacity. Limits of action types stay: actions refer to them by their
// types. Needs the gate, under which resources are shared.
// Parameters: actions (uuids).
// Rows: one; released: how many uses.
UNWIND $actions AS uuid
MATCH (action:Action {uuid: uuid})-[uses:USES]->(resource:Resource)
DELETE uses
WITH resource, count(*) AS each
CALL (resource) {
  WITH resource
  WHERE
    resource.operatorCapacity IS NULL
    AND resource.configuredCapacity IS NULL
    AND resource.kind <> 'action_type'
    AND NOT EXISTS { (resource)--() }
  DELETE resource
}
RETURN sum(each) AS released
