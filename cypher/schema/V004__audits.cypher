// Keys and look-ups for audits and audit templates. Those that are not deleted have names of their own.
CREATE CONSTRAINT audit_uuid IF NOT EXISTS FOR (audit:Audit) REQUIRE audit.uuid IS UNIQUE;
CREATE CONSTRAINT audit_active_name IF NOT EXISTS FOR (audit:Audit) REQUIRE audit.activeName IS UNIQUE;
CREATE INDEX audit_number IF NOT EXISTS FOR (audit:Audit) ON (audit.number);
CREATE CONSTRAINT audit_template_uuid IF NOT EXISTS FOR (template:AuditTemplate) REQUIRE template.uuid IS UNIQUE;
CREATE CONSTRAINT audit_template_active_name IF NOT EXISTS FOR (template:AuditTemplate) REQUIRE template.activeName IS UNIQUE;
CREATE INDEX audit_template_number IF NOT EXISTS FOR (template:AuditTemplate) ON (template.number);
