/** What the command line asks of the service, and what that answers. */
@NullMarked
package interlock.cli.client;

import org.jspecify.annotations.NullMarked;
