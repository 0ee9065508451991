// An audit template by its uuid or its name.
// Parameters: key (uuid or name), deleted: whether a deleted one is found, too; it has no name any more.
// Rows: none or one; node.
CALL () {
  MATCH (template:AuditTemplate {uuid: $key})
  WHERE $deleted OR template.deletedAt IS NULL
  RETURN template
  UNION
  MATCH (template:AuditTemplate {activeName: $key})
  RETURN template
}
RETURN template AS node
LIMIT 1
