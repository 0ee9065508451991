/** The model of a plan. Pure: it uses no clock, database or network. */
@NullMarked
package interlock.model;

import org.jspecify.annotations.NullMarked;
