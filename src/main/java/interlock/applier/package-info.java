/** The loop that applies plans: it claims what is ready, runs it, and stores what came out. Knows no database. */
@NullMarked
package interlock.applier;

import org.jspecify.annotations.NullMarked;
