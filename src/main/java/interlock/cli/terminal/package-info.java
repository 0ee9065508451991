/** Tables, colours and progress on a terminal. Knows no service. */
@NullMarked
package interlock.cli.terminal;

import org.jspecify.annotations.NullMarked;
