/** Documents to plans: what an author writes, and what is wrong with it. */
@NullMarked
package interlock.plan;

import org.jspecify.annotations.NullMarked;
