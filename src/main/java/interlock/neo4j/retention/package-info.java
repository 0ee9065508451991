/** Removes ended plans, exports them before, and restores exported ones. */
@NullMarked
package interlock.neo4j.retention;

import org.jspecify.annotations.NullMarked;
