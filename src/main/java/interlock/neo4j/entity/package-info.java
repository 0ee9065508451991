/**
 * The schema of the graph as classes, for the object mapper: nodes, and the relationships between them. Statements say which of them
 * are loaded. The object mapper saves audits, audit templates and new webhooks, each alone; all else is changed by statements under
 * {@code cypher/}, and an entity of it is never written back.
 */
@NullMarked
package interlock.neo4j.entity;

import org.jspecify.annotations.NullMarked;
