/**
 * The schema of the graph as classes, for the object mapper: nodes and their relationships. Statements define which of them are loaded.
 * The object mapper saves audits, audit templates and new webhooks, each without its relationships. Statements under {@code cypher/}
 * change everything else; other entities are never saved.
 */
@NullMarked
package interlock.neo4j.entity;

import org.jspecify.annotations.NullMarked;
