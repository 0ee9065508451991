/** Loads plug-ins: jars in a folder, each with its own class loader. Plug-in code is not trusted. */
@NullMarked
package interlock.plugin;

import org.jspecify.annotations.NullMarked;
