// Whether there are other appliers.
// Parameters: applier.
// Rows: one; others: true or false.
RETURN EXISTS {
  MATCH (other:Applier {state: 'ACTIVE'})
  WHERE other.id <> $applier
} AS others
