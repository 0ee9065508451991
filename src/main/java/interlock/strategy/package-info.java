/** What may be wanted, and what recommends actions for it: Watcher's goals and strategies that Interlock knows. */
@NullMarked
package interlock.strategy;

import org.jspecify.annotations.NullMarked;
