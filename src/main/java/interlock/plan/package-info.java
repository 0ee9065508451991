/** Reads and validates plan documents. */
@NullMarked
package interlock.plan;

import org.jspecify.annotations.NullMarked;
