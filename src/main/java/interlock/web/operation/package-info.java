/** What operators and tools ask: health, metrics, discovery, documentation. */
@NullMarked
package interlock.web.operation;

import org.jspecify.annotations.NullMarked;
