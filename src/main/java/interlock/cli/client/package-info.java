/** The command line's REST client and the API's answers. */
@NullMarked
package interlock.cli.client;

import org.jspecify.annotations.NullMarked;
