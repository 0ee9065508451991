/** The action types: the plug-ins that know how to run one kind of action. */
@NullMarked
package interlock.action;

import org.jspecify.annotations.NullMarked;
