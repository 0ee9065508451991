// The one node that every advance and every change of state locks first, and the counter that orders plans.
MERGE (gate:Gate {name: 'gate'}) ON CREATE SET gate.turn = 0, gate.plans = 0;
