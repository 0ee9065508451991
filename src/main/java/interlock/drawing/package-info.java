/** Lays out and renders the graph of a plan. Pure: uses no other technology. */
@NullMarked
package interlock.drawing;

import org.jspecify.annotations.NullMarked;
