// Whether other appliers are members, besides this one.
// Parameters: applier.
// Rows: one; others: true or false.
RETURN EXISTS {
  MATCH (other:Applier {state: 'ACTIVE'})
  WHERE other.id <> $applier
} AS others
