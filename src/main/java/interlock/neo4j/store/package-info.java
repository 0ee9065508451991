/** Writes plans, audits and webhooks. */
@NullMarked
package interlock.neo4j.store;

import org.jspecify.annotations.NullMarked;
