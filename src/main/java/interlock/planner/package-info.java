/** Turns what somebody recommends into a graph of actions. Pure: a planner sees the solution and its options. */
@NullMarked
package interlock.planner;

import org.jspecify.annotations.NullMarked;
