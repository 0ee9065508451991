// The locks for what changes no state: audits, their templates, webhooks. Each numbers what is stored under it.
CREATE CONSTRAINT lock_name IF NOT EXISTS FOR (lock:Lock) REQUIRE lock.name IS UNIQUE;
MATCH (gate:Gate {name: 'gate'})
UNWIND ['audits', 'audit_templates', 'webhooks'] AS name
MERGE (lock:Lock {name: name}) ON CREATE SET lock.number = gate.turn;
