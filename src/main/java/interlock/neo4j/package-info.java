/** The graph: what is stored in Neo4j, and how. Every statement is a file under {@code cypher/}. */
@NullMarked
package interlock.neo4j;

import org.jspecify.annotations.NullMarked;
