// Takes plans that a purge removes out of use: nobody finds them any more. Needs the gate.
// Parameters: uuid: the purge's, plans (uuids).
// Rows: one; marked: how many.
UNWIND $plans AS plan
MATCH (ended:ActionPlan {uuid: plan})
REMOVE ended:ActionPlan
SET ended:Purging, ended.purge = $uuid
RETURN count(*) AS marked
