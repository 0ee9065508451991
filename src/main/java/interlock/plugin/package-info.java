/** Finds what others add: jars in a folder, each with a class loader of its own. Nothing that is in them is trusted. */
@NullMarked
package interlock.plugin;

import org.jspecify.annotations.NullMarked;
