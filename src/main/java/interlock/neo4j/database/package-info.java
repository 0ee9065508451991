/** Access to Neo4j, embedded or external: statements, transactions, migrations and disk space. */
@NullMarked
package interlock.neo4j.database;

import org.jspecify.annotations.NullMarked;
