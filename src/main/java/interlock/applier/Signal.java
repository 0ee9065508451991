package interlock.applier;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread. A signal that comes while nobody waits is kept; several are one. */
public class Signal {
    private final Semaphore raised = new Semaphore(0);

    /** Wakes who waits, or who will wait next. */
    public void raise() {
        raised.release();
    }

    /** {@return whether there was a signal within this time} Waits for it. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean signalled = raised.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        raised.drainPermits();
        return signalled;
    }
}
