/** Benchmarks: how fast Interlock is, held against what others need for the same and against the least that is possible. */
@NullMarked
package interlock.bench;

import org.jspecify.annotations.NullMarked;
