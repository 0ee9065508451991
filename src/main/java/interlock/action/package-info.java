/** The built-in action types, the registry of action types, and guarded calls of plug-ins. */
@NullMarked
package interlock.action;

import org.jspecify.annotations.NullMarked;
