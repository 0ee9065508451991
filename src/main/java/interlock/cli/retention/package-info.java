/** The commands that remove ended plans and restore exported ones. */
@NullMarked
package interlock.cli.retention;

import org.jspecify.annotations.NullMarked;
