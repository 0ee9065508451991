/** The service as the world sees it: REST, events, the page. */
@NullMarked
package interlock.web;

import org.jspecify.annotations.NullMarked;
