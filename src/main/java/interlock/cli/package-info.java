/** The command line: a thin client of the REST API. */
@NullMarked
package interlock.cli;

import org.jspecify.annotations.NullMarked;
