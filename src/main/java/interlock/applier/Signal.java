package interlock.applier;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread. A signal without a waiting thread is kept; several signals count as one. */
public class Signal {
    private final Semaphore raised = new Semaphore(0);

    /** Wakes the waiting thread, or the next one that waits. */
    public void raise() {
        raised.release();
    }

    /** {@return whether there was a signal within this time} Blocks until then. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean signalled = raised.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        raised.drainPermits();
        return signalled;
    }
}
