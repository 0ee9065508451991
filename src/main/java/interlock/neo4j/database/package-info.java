/** Neo4j: embedded or a server;
 * statements, transactions, migrations, disk. */
@NullMarked
package interlock.neo4j.database;

import org.jspecify.annotations.NullMarked;
