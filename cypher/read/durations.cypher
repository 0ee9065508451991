// The recorded durations of attempts.
// Parameters: keys: a list of the keys under which they are recorded.
// Rows: one for each key with recorded attempts; key, durations: in seconds, or in relation to the estimates; succeeded:
// whether the attempt at the same place succeeded.
UNWIND $keys AS key
MATCH (recorded:RecordedDuration {key: key})
RETURN key, recorded.durations AS durations, recorded.succeeded AS succeeded
