/** The API of times: forecasts and critical paths. All of its answers rest on one {@code Outlook} of a plan. */
@NullMarked
package interlock.web.v1.forecast;

import org.jspecify.annotations.NullMarked;
