/**
 * The graph's schema as classes, for the object mapper. They are read and never written back: what changes a state is a
 * statement under {@code cypher/}.
 */
@NullMarked
package interlock.neo4j.entity;

import org.jspecify.annotations.NullMarked;
