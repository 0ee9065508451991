package interlock.applier;

import java.time.Duration;

/**
 * Waits for the outcomes of attempts that end together, as attempts that started together often do: one advance with
 * many outcomes is much cheaper than many advances with one.
 */
record Gathering(RunningAttempts runs, Signal signal) {
    /** How long the driver waits for the next outcome while other attempts run. */
    private static final Duration GAP = Duration.ofNanos(200_000);

    /** The maximum number of such waits, so that outcomes are not delayed by a slow trickle. */
    private static final int MOST_GAPS = 5;

    /** {@return whether there was a signal} */
    boolean await() throws InterruptedException {
        boolean signalled = false;
        boolean more = true;
        for (int gaps = 0; more && gaps < MOST_GAPS; gaps++) {
            runs.takeInbox();
            more = runs.size() > 0 && signal.await(GAP);
            signalled |= more;
        }
        return signalled;
    }
}
