// An audit by its uuid or its name.
// Parameters: key (uuid or name), deleted: whether a deleted one is found, too; it has no name any more.
// Rows: none or one; node.
CALL () {
  MATCH (audit:Audit {uuid: $key})
  WHERE $deleted OR audit.deletedAt IS NULL
  RETURN audit
  UNION
  MATCH (audit:Audit {activeName: $key})
  RETURN audit
}
RETURN audit AS node
LIMIT 1
