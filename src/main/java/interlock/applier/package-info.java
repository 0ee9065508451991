/**
 * The loop that applies plans: it claims ready actions, runs them and stores their outcomes. It uses no database
 * directly.
 */
@NullMarked
package interlock.applier;

import org.jspecify.annotations.NullMarked;
