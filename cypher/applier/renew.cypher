// Renews the lease of an applier. Needs no gate, because it writes only the lease, which no other statement writes.
// Parameters: applier, lease (a duration), now (null: the database's clock).
// Rows: one; held: whether the applier is still a member.
OPTIONAL MATCH (me:Applier {id: $applier, state: 'ACTIVE'})
OPTIONAL MATCH (lease:Lease {applier: me.id})
SET lease.until = coalesce($now, datetime.realtime()) + $lease
RETURN lease IS NOT NULL AS held
