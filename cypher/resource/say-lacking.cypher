// Stores with unfinished plans that they cannot go on because a capacity is too low, and removes such messages that are
// not true any more. Needs the gate.
// Parameters: messages: a map of messages by the uuids of plans.
// Rows: one for each changed plan; plan (uuid), now.
MATCH (gate:Gate {name: 'gate'})
MATCH (plan:ActionPlan)
WHERE plan.state IN ['RECOMMENDED', 'PENDING', 'ONGOING']
WITH plan, gate.now AS now, $messages[plan.uuid] AS message
WHERE message IS NOT NULL AND coalesce(plan.statusMessage <> message, true) OR message IS NULL AND plan.lacking
SET plan.statusMessage = message, plan.lacking = CASE WHEN message IS NULL THEN null ELSE true END
RETURN plan.uuid AS plan, now
