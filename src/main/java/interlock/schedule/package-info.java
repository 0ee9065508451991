/** Schedules plans under capacities. Pure: uses no clock, database or network. */
@NullMarked
package interlock.schedule;

import org.jspecify.annotations.NullMarked;
