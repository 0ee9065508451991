/** Benchmarks of Interlock, compared with other systems and with a lower bound. */
@NullMarked
package interlock.bench;

import org.jspecify.annotations.NullMarked;
