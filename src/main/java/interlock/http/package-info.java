/** How Interlock asks others over HTTP: within bounds. */
@NullMarked
package interlock.http;

import org.jspecify.annotations.NullMarked;
