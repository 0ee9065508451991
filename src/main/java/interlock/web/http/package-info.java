/** The HTTP server: who is let in, bodies, pages of lists, problems. Knows no plan. */
@NullMarked
package interlock.web.http;

import org.jspecify.annotations.NullMarked;
