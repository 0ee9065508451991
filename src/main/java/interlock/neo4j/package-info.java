/** The graph in Neo4j: what is stored and how. Every statement is a file in {@code cypher/}. */
@NullMarked
package interlock.neo4j;

import org.jspecify.annotations.NullMarked;
