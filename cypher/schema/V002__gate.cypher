// The one node that every advance and every change of state locks first. Its turns number the plans, too.
MERGE (gate:Gate {name: 'gate'}) ON CREATE SET gate.turn = 0;
