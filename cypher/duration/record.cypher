// Adds attempts to what is recorded; of each key, the latest are kept.
// Parameters: recorded: a list of maps with key, actionType, count, durations, succeeded (the latest last); kept: the
// largest number of attempts of a key.
// Rows: none.
UNWIND $recorded AS row
MERGE (recorded:RecordedDuration {key: row.key})
ON CREATE SET recorded.name = row.key, recorded.actionType = row.actionType, recorded.attempts = 0,
  recorded.durations = [], recorded.succeeded = []
SET
  recorded.attempts = recorded.attempts + row.count,
  recorded.durations = (recorded.durations + row.durations)[-$kept..],
  recorded.succeeded = (recorded.succeeded + row.succeeded)[-$kept..]
