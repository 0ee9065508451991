/** Delivers Watcher's notifications to webhooks, as CloudEvents over HTTP. */
@NullMarked
package interlock.notification;

import org.jspecify.annotations.NullMarked;
