package interlock.openstack;

import java.time.Duration;

/** How whoever asks the cloud for something waits: between two tries, or between two looks. */
@FunctionalInterface
public interface Waiter {
    /**
     * Waits.
     *
     * @throws InterruptedException when it is to stop at once
     */
    void sleep(Duration duration) throws InterruptedException;
}
