// The units of a resource that running actions use, and when they are free by the estimates.
// Parameters: now, key.
// Rows: one for each running action; units, seconds: until it ends by its estimate, or by its time-out if it has no
// estimate; 0 if it has neither, or runs for longer.
MATCH (:Resource {key: $key})<-[holds:HOLDS]-(action:Action)
OPTIONAL MATCH (action)-[:ATTEMPTED]->(attempt:Attempt {number: action.attempt})
WITH
  holds.units AS units,
  coalesce(action.expectedSeconds, action.timeoutSeconds, 0.0) AS expected,
  ($now.epochMillis - coalesce(attempt.startedAt, $now).epochMillis) / 1000.0 AS elapsed
RETURN units, CASE WHEN expected > elapsed THEN expected - elapsed ELSE 0.0 END AS seconds
