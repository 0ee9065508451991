/** Purges, exports and restored plans. */
@NullMarked
package interlock.web.v1.retention;

import org.jspecify.annotations.NullMarked;
