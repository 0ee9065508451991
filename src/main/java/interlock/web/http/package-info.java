/** The HTTP server: access from browsers, bodies, paging, error answers. Independent of plans. */
@NullMarked
package interlock.web.http;

import org.jspecify.annotations.NullMarked;
