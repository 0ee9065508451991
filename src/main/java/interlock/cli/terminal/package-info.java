/** Tables, colours and progress bars on a terminal, independent of the service. */
@NullMarked
package interlock.cli.terminal;

import org.jspecify.annotations.NullMarked;
