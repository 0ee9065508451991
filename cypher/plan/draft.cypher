// Creates a draft of a plan. It is invisible until it is published; a draft without writes for a minute is deleted.
// Parameters: uuid, now (null: the database's clock).
// Rows: none.
CREATE (:Draft {uuid: $uuid, until: coalesce($now, datetime.realtime()) + duration('PT1M')})
