/** Watcher's goals and strategies that Interlock supports. */
@NullMarked
package interlock.strategy;

import org.jspecify.annotations.NullMarked;
