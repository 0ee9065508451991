/** The API of plans, actions and webhooks. */
@NullMarked
package interlock.web.v1;

import org.jspecify.annotations.NullMarked;
