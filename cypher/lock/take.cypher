// Takes one of the locks for what changes no state of a plan, until the transaction ends. A transaction that holds the gate takes
// none, and one that holds a lock takes neither the gate nor another lock: nobody waits in a circle.
// Parameters: name: of the lock, now (null: the database's clock).
// Rows: one; number: greater than all that were given under this lock before, now: the time, taken after the lock.
MATCH (lock:Lock {name: $name})
SET lock.number = lock.number + 1
WITH lock
RETURN lock.number AS number, coalesce($now, datetime.realtime()) AS now
