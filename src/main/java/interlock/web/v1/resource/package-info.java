/** The API of resources. */
@NullMarked
package interlock.web.v1.resource;

import org.jspecify.annotations.NullMarked;
