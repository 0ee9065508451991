// What attempts took is recorded in nodes of their own, which outlive the plans. The recording begins with the latest changes.
CREATE CONSTRAINT recorded_duration_key IF NOT EXISTS FOR (recorded:RecordedDuration) REQUIRE recorded.key IS UNIQUE;
MATCH (gate:Gate {name: 'gate'})
MERGE (lock:Lock {name: 'durations'})
ON CREATE SET lock.number = gate.turn, lock.recordedTurn = CASE WHEN gate.turn > 20000 THEN gate.turn - 20000 ELSE 0 END;
