package interlock.openstack;

import java.time.Duration;

/** Waits between two tries, or between two polls. */
@FunctionalInterface
public interface Waiter {
    /**
     * Waits.
     *
     * @throws InterruptedException when waiting must stop at once
     */
    void sleep(Duration duration) throws InterruptedException;
}
