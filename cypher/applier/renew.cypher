// Renews the lease of an applier. Takes no gate, and writes nothing but the lease, which nobody else does.
// Parameters: applier, lease (a duration), now (null: the database's clock).
// Rows: one; held: whether the applier is still a member.
OPTIONAL MATCH (me:Applier {id: $applier, state: 'ACTIVE'})
OPTIONAL MATCH (lease:Lease {applier: me.id})
SET lease.until = coalesce($now, datetime.realtime()) + $lease
RETURN lease IS NOT NULL AS held
