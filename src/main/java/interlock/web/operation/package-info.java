/** Endpoints for operators and tools: health, metrics, discovery, documentation. */
@NullMarked
package interlock.web.operation;

import org.jspecify.annotations.NullMarked;
