/** Watcher's API: microversions, JSON patch, audits, templates, strategies. */
@NullMarked
package interlock.web.watcher;

import org.jspecify.annotations.NullMarked;
