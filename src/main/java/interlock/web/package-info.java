/** The service's interfaces: REST, events, the page. */
@NullMarked
package interlock.web;

import org.jspecify.annotations.NullMarked;
