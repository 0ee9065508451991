/** What a plan is. Pure: nothing here knows a clock, a database or a network. */
@NullMarked
package interlock.model;

import org.jspecify.annotations.NullMarked;
