/** When each action of a plan would best run, under its capacities. Pure: knows no clock, no database, no network. */
@NullMarked
package interlock.schedule;

import org.jspecify.annotations.NullMarked;
