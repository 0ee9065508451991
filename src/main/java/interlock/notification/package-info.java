/** Tells webhooks what happens: Watcher's notifications, as CloudEvents over HTTP. */
@NullMarked
package interlock.notification;

import org.jspecify.annotations.NullMarked;
