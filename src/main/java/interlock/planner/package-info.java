/** Planners turn a solution into a graph of actions. Pure: a planner sees only the solution and its options. */
@NullMarked
package interlock.planner;

import org.jspecify.annotations.NullMarked;
