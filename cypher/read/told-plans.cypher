// The plans and audits in the payloads of events.
// Parameters: plans, audits: (uuids).
// Rows: one for each plan and each audit; plan, audit: nodes, or null.
CALL () {
  UNWIND $plans AS uuid
  MATCH (plan:ActionPlan {uuid: uuid})
  OPTIONAL MATCH (audit:Audit {uuid: plan.auditUuid})
  RETURN plan, audit
  UNION ALL
  UNWIND $audits AS uuid
  MATCH (audit:Audit {uuid: uuid})
  RETURN null AS plan, audit
}
RETURN plan, audit
