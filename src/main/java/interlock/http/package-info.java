/** HTTP requests to other services, with limits on time and size. */
@NullMarked
package interlock.http;

import org.jspecify.annotations.NullMarked;
