// Begins to store a plan. Until it is published nobody sees it; a draft that is not touched for a minute is swept away.
// Parameters: uuid, now (null: the database's clock).
// Rows: none.
CREATE (:Draft {uuid: $uuid, until: coalesce($now, datetime.realtime()) + duration('PT1M')})
