/** How the graph of a plan is laid out and drawn;
 * knows no technology. */
@NullMarked
package interlock.drawing;

import org.jspecify.annotations.NullMarked;
